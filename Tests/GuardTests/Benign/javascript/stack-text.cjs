function named() {
  return new Error('here').stack
}
console.log(named())
console.trace('traced')
