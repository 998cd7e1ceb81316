// policy: {"denied": ["fs"], "allowed": ["path", "url"]}
import path from 'path'
import { fileURLToPath } from 'node:url'
console.log(path.basename(fileURLToPath(import.meta.url)).length > 0, [3, 1, 2].sort(), JSON.stringify({ a: 1 }))
