import readline from 'readline'
for await (const line of readline.createInterface({ input: process.stdin })) console.log('>', line)
