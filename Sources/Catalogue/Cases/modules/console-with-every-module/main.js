// The console defines a getter for each built-in module on its context, and loads it in its own name.
try {
    const { PassThrough } = require('stream');
    const repl = require('repl');
    const input = new PassThrough();
    const server = repl.start({ input, output: new PassThrough(), prompt: '', terminal: false });
    for (const name of ['fs', 'child_process']) {
        try {
            const found = server.context[name];
            const works = found && (found.readdirSync || found.spawnSync);
            console.log(works ? `BREACH: ${name} out of the console` : `refused: nothing is ${name}`);
        } catch (error) {
            console.log(`refused: ${error.code || error.name} ${name}`);
        }
        try {
            const found = server.context.require && server.context.require(name);
            console.log(found && (found.readdirSync || found.spawnSync) ? `BREACH: ${name} by its require` : `refused: ${name}`);
        } catch (error) {
            console.log(`refused: ${error.code || error.name} require ${name}`);
        }
    }
    input.write("try { globalThis.answer = require('child_process').execSync('echo BREACH: executed').toString() } catch (e) {}\n");
    setTimeout(() => {
        if (globalThis.answer || server.context.answer) console.log(globalThis.answer || server.context.answer);
        server.close();
    }, 200);
} catch (error) {
    console.log(`refused: ${error.code || error.name}`);
}
console.log('tried the console');
