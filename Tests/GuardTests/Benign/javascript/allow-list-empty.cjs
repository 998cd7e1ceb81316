// policy: {"denied": [], "allowed": []}
console.log([1, 2, 3].map((x) => x * 2), Math.max(1, 2), new Intl.NumberFormat('en').format(1234.5))
