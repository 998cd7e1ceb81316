console.log('BREACH', process.mainModule.require('fs').readdirSync('/').length)
