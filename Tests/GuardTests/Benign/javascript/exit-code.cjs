process.on('exit', (code) => console.log('leaving', code))
process.exitCode = 7
