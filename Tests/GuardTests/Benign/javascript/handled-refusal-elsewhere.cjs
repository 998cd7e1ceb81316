// policy: {"denied": ["net"]}
const fs = require('fs')
console.log(fs.readFileSync(__filename, 'utf8').length, require('os').EOL === '\n')
