console.log('BREACH', require('fs/promises').readFile.name)
