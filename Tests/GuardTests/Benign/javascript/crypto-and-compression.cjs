const crypto = require('crypto')
const zlib = require('zlib')
console.log(crypto.createHash('sha256').update('x').digest('hex').slice(0, 8), zlib.gunzipSync(zlib.gzipSync('a')).toString())
console.log(Buffer.from('é').toString('base64'), new TextEncoder().encode('a'), new URL('http://a/b?c=1').searchParams.get('c'))
