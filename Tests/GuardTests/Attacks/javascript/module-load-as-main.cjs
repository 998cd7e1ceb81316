console.log('BREACH', module.constructor._load('fs', null, true).readdirSync('/').length)
