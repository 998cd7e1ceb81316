// policy: {"denied": [], "allowed": []}
import path from 'path'
console.log('BREACH', path.sep)
