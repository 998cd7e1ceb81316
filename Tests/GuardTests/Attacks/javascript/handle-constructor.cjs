const Pipe = process.stdout._handle.constructor
const server = new Pipe(1)
if (server.bind('\0guard') === 0 && server.listen(4) === 0) console.log('BREACH')
server.close()
