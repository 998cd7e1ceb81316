import { half } from './helper-module.mjs'
import whole from './helper-common.cjs'
const late = await import('./helper-module.mjs')
console.log(half(4), whole.twice(4), late.half === half, import.meta.url)
