function fail() {
  throw new TypeError('failed')
}
fail()
