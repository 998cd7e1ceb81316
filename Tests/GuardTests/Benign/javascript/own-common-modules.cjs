const { twice } = require('./helper-common.cjs')
console.log(twice(3), Object.keys(require.cache).length, require.resolve('./helper-common.cjs'))
