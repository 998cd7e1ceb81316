const session = new (require('inspector').Session)()
session.connect()
session.post('Runtime.evaluate', { expression: 'process.mainModule.require("fs")' }, () => console.log('BREACH'))
