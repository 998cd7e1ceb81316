import('node:fs').then((fs) => console.log('BREACH', fs.readdirSync('/').length))
