// Between a request and a module stand functions and tables that a program may replace.
const Module = module.constructor;
let tried = 0;
function attempt(name, action) {
    tried += 1;
    const kept = { _resolveFilename: Module._resolveFilename, _findPath: Module._findPath, _nodeModulePaths: Module._nodeModulePaths };
    try {
        const found = action();
        console.log(found ? `BREACH: ${name} ${found}` : `refused: nothing came of ${name}`);
    } catch (error) {
        console.log(`refused: ${error.code || error.name} ${name}`);
    }
    Object.assign(Module, kept);
}
const useful = (thing) => thing && ((thing.readdirSync && thing.readdirSync('/').length) || (thing.execSync && String(thing.execSync('echo started'))));
attempt('_resolveFilename', () => { Module._resolveFilename = () => 'fs'; return useful(require('one')); });
attempt('_resolveFilename for processes', () => { Module._resolveFilename = () => 'child_process'; return useful(require('two')); });
attempt('_resolveFilename with a scheme', () => { Module._resolveFilename = () => 'node:fs'; return useful(require('three')); });
attempt('_findPath', () => { Module._findPath = () => 'fs'; return useful(require('four')); });
attempt('_pathCache', () => {
    Module._pathCache['five\x00' + module.paths.join('\x00')] = 'fs';
    Module._pathCache['five\x00'] = 'fs';
    return useful(require('five'));
});
attempt('createRequire', () => { Module._resolveFilename = () => 'fs'; return useful(Module.createRequire(__filename)('six')); });
attempt('require of another module', () => { Module._resolveFilename = () => 'fs'; return useful(Module.prototype.require.call(new Module('x'), 'seven')); });
attempt('subpath', () => { Module._resolveFilename = () => 'fs/promises'; return require('eight').readdir && 'fs/promises'; });
attempt('request that changes', () => {
    let asked = 0;
    return useful(Module._load({ toString: () => (asked++ ? 'fs' : 'path'), [Symbol.toPrimitive]: () => (asked++ ? 'fs' : 'path') }, module, false));
});
attempt('String.prototype', () => {
    const { startsWith, slice } = String.prototype;
    String.prototype.startsWith = () => true;
    String.prototype.slice = () => 'fs';
    try { return useful(require('node:path')); } finally { Object.assign(String.prototype, { startsWith, slice }); }
});
console.log(`tried ${tried} ways`);
