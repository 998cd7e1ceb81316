console.log(process.argv.slice(1), __filename, __dirname, require.main === module, module.children.length)
