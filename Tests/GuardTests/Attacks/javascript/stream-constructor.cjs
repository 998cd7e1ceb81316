const file = process.stdin.constructor
console.log('BREACH', new file('/dev/null').constructor.name.match(/Socket|ReadStream/)[0])
