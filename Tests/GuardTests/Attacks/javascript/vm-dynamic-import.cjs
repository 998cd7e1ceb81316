const vm = require('vm')
const script = new vm.Script('import("fs")', {
  importModuleDynamically: vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER ?? ((name) => import(name)),
})
script.runInThisContext().then((fs) => console.log('BREACH', fs.readdirSync('/').length))
