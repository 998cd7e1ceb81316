const { Worker } = require('worker_threads')
new Worker('console.log("BREACH", require("fs").readdirSync("/").length)', { eval: true, execArgv: [] })
