import { createRequire } from 'module'
console.log('BREACH', createRequire('/work/')('fs').readdirSync('/').length)
