console.log(10 + 20, 'a', [1, { b: 2 }], new Map([[1, 2]]), -0, 10n ** 20n, Symbol('s'))
console.error('to stderr')
