Error.prepareStackTrace = (_, sites) => sites
const found = []
try {
  require('fs').readdirSync('/')
  found.push('required')
} catch (error) {
  for (const site of error.stack) found.push(site.getFunction(), site.getThis())
}
const good = found.find((value) => value && (value === 'required' || value.readdirSync || value._load?.fs))
if (good) console.log('BREACH', good)
