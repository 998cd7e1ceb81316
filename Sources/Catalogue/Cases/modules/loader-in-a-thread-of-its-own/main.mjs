// Hooks of module.register live in a thread with a module system of its own; its messages come back through a port.
const hooks = `
    import fs from 'node:fs';
    import { execSync } from 'node:child_process';
    fs.writeSync(1, 'BREACH: fs in the thread of hooks\\n');
    try { fs.writeSync(1, execSync('echo BREACH: a process from there')); } catch {}
    export async function initialize(data) { data.port.postMessage(Object.keys(fs).length); }
    export async function resolve(name, context, next) { return next(name, context); }
`;
console.log('tried a loader');
try {
    const { register } = await import('node:module');
    const { port1, port2 } = new MessageChannel();
    port1.on?.('message', (count) => { console.log(`BREACH: ${count} functions`); port1.close(); });
    port1.unref?.();
    register('data:text/javascript,' + encodeURIComponent(hooks), { parentURL: import.meta.url, data: { port: port2 }, transferList: [port2] });
    await import('data:text/javascript,export default 1');
} catch (error) {
    console.log(`refused: ${error.code || error.name}`);
}
