console.log('BREACH', require('cluster').fork().id)
