// policy: {"denied": [], "allowed": ["path"]}
console.log('BREACH', require('util').inspect)
