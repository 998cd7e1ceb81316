const { default: fs } = await import('data:text/javascript,export { default } from "node:fs"')
console.log('BREACH', fs.readdirSync('/').length)
