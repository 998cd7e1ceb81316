// async_hooks shows the object behind each operation, whose constructor makes pipes, sockets and processes without any module.
let tried = 0;
function attempt(name, action) {
    tried += 1;
    try {
        const found = action();
        console.log(found ? `BREACH: ${name} ${found}` : `refused: nothing came of ${name}`);
    } catch (error) {
        console.log(`refused: ${error.code || error.name} ${name}`);
    }
}
const useful = (thing) => thing && (thing.readFileSync || thing.spawnSync || thing.createConnection) && 'a module';
attempt('async_hooks', () => {
    const hooks = require('async_hooks');
    const seen = [];
    const hook = hooks.createHook({ init(id, type, trigger, resource) { seen.push([type, resource]); } }).enable();
    setTimeout(() => {}, 1);
    Promise.resolve().then(() => {});
    require('zlib').deflate('x', () => {});
    hook.disable();
    for (const [type, resource] of seen)
        if (/WRAP|FSREQ|PROCESS/.test(type) && typeof resource.constructor === 'function' && resource.constructor.name !== 'Zlib') return `${type} ${resource.constructor.name}`;
});
attempt('inspect', () => {
    const util = require('util');
    let given;
    util.inspect({ [util.inspect.custom](depth, options, inspect) { given = inspect; return ''; } });
    return useful(given.constructor('return process')().mainModule?.require?.('fs'));
});
attempt('diagnostics_channel', () => {
    let found;
    for (const name of ['child_process', 'net.client.socket', 'module.require.start', 'module.import.start'])
        require('diagnostics_channel').subscribe(name, (message) => { found = message; });
    require('util');
    return useful(found && found.module);
});
attempt('events', () => {
    const old = Object.getOwnPropertyDescriptor(Object.prototype, 'fs');
    let found;
    Object.defineProperty(Object.prototype, 'readFileSync', { configurable: true, set(value) { found = this; }, get() {} });
    try { require('./none.json'); } catch {}
    delete Object.prototype.readFileSync;
    return old || useful(found);
});
attempt('extensions', () => {
    let found;
    const module = { id: 'x', filename: '/work/x', paths: [], _compile(text, name) { found = text; } };
    for (const kind of Object.keys(require.extensions || {})) {
        try { require.extensions[kind](module, '/proc/self/environ'); } catch {}
    }
    return undefined;
});
attempt('fromEntries', () => useful(process.binding?.('natives') && process.binding('fs')));
attempt('domain', () => useful(require('domain').create().run(() => require('fs'))));
attempt('AsyncResource', () => useful(new (require('async_hooks').AsyncResource)('x').runInAsyncScope(require, null, 'fs')));
attempt('promisify', () => useful(require('util').promisify.custom && require('util').callbackify(async () => require('fs')) && undefined));
attempt('mock', () => useful(require('node:test').mock.method({ f: require }, 'f').bind(null, 'fs')()));
attempt('require of another module', () => useful(module.children.concat(module.parent || []).map((m) => m.require && m.require('fs'))[0]));
attempt('resolve paths', () => { require.resolve.paths('fs'); return useful(require(require.resolve('fs'))); });
console.log(`tried ${tried} ways`);
