console.log('BREACH', require('node:fs').readdirSync('/').length)
