module.constructor._resolveFilename = () => 'fs'
console.log('BREACH', require('x').readdirSync('/').length)
