console.log('BREACH', require('fs').readdirSync('/').length)
