// policy: {"denied": ["child_process"]}
console.log('BREACH', require('node:test').run)
