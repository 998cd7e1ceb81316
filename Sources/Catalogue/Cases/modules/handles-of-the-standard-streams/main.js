// process.stdout._handle is a pipe, and its constructor makes others, which listen and connect without any module.
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
function listening(Kind) {
    const handle = new Kind(1);
    const done = handle.bind('\0' + Math.random()) === 0 && handle.listen(4) === 0;
    handle.close();
    return done && 'listens';
}
for (const stream of ['stdin', 'stdout', 'stderr']) {
    const handle = process[stream]._handle;
    attempt(`${stream}: constructor`, () => listening(handle.constructor));
    attempt(`${stream}: constructor of the prototype`, () => listening(Object.getPrototypeOf(handle).constructor));
    attempt(`${stream}: prototypes above`, () => {
        for (let kind = Object.getPrototypeOf(handle); kind; kind = Object.getPrototypeOf(kind)) {
            const made = Object.getOwnPropertyDescriptor(kind, 'constructor')?.value;
            try { if (made && listening(made)) return 'listens'; } catch {}
        }
    });
    attempt(`${stream}: Reflect.construct`, () => listening(function () { return Reflect.construct(handle.constructor, [1]); }));
}
console.log(`tried ${tried} ways`);
