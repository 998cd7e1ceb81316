const all = Object.values(require.cache).flatMap((entry) => [entry, ...entry.children, entry.parent])
for (const entry of all) if (entry?.require) console.log('BREACH', entry.require('fs').readdirSync('/').length)
