// policy: {"denied": ["fs/promises"], "allowed": ["fs"]}
console.log('BREACH', require('fs/promises').readFile)
