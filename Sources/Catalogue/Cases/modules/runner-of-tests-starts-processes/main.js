// test.run() spawns node for each file, with what options and which program the process says of itself.
console.log('tried the runner');
// The child's options are copied from these, the guard's own among them, and its program is named here.
try { process.execArgv.length = 0; } catch {}
try { process.execArgv = []; } catch {}
try {
    const { run } = require('node:test');
    const stream = run({ files: [__dirname + '/other.js'], concurrency: 1, timeout: 4000 });
    stream.on('test:pass', () => console.log('BREACH: a process was started, and ended well'));
    stream.on('test:stdout', (event) => console.log(event.message));
    stream.on('test:fail', (event) => console.log('refused:', event.details?.error?.cause?.code || event.details?.error?.message || ''));
    stream.on('error', (error) => console.log(`refused: ${error.code || error.name}`));
    stream.resume?.();
} catch (error) {
    console.log(`refused: ${error.code || error.name}`);
}
