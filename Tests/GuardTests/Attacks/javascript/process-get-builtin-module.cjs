console.log('BREACH', process.getBuiltinModule('fs').readdirSync('/').length)
