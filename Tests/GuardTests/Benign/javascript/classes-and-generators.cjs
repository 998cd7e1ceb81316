class A {
  #secret = 1
  static made = 0
  get secret() {
    return this.#secret
  }
  *[Symbol.iterator]() {
    yield* [1, 2, 3]
  }
}
console.log([...new A()], new A().secret, A.made, `${[1, 2]}`, structuredClone({ a: new Date(0) }))
