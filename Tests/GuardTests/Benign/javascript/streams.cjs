const { Readable, pipeline, Transform } = require('stream')
const up = new Transform({ transform: (chunk, _, done) => done(null, chunk.toString().toUpperCase()) })
pipeline(Readable.from(['a', 'b']), up, process.stdout, () => {})
