try {
  require('./no-such')
} catch (error) {
  console.log(error.code, error.message, error.requireStack)
}
