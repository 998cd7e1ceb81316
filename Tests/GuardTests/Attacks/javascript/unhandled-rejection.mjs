const fs = await import('fs')
console.log('BREACH', fs.readdirSync('/').length)
