console.log('BREACH', process.binding('fs').internalModuleStat)
