import Module, { createRequire } from 'node:module'
Module._resolveFilename = () => 'net'
console.log('BREACH', typeof createRequire(import.meta.url)('q').connect)
