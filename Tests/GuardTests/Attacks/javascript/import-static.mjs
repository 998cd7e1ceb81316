import fs from 'fs'
console.log('BREACH', fs.readdirSync('/').length)
