const assert = require('node:assert/strict')
assert.equal(1 + 1, 2)
try {
  assert.equal(1, 2)
} catch (error) {
  console.log(error.code, error.message.split('\n')[0])
}
