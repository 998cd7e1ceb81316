// What Node's library calls, module by module.
const names = ["fs", "os", "net", "dgram", "dns", "tls", "http", "http2", "zlib", "crypto", "worker_threads", "child_process", "cluster",
  "perf_hooks", "inspector", "v8", "vm", "readline", "stream", "timers", "tty", "trace_events", "wasi", "async_hooks", "util"];
const m = Object.fromEntries(names.map((name) => [name, require(name)]));
const { fs, os } = m;
const attempt = (f) => { try { return f(); } catch {} };
const settle = (f) => Promise.race([Promise.resolve().then(f).catch(() => {}), new Promise((r) => setTimeout(r, 1500))]);

for (const key of Object.keys(process)) if (/^get|^(cwd|uptime|hrtime|memoryUsage|resourceUsage|cpuUsage|umask)$/.test(key)) attempt(() => process[key]());
for (const key of ["setuid", "seteuid", "setgid", "setegid"]) attempt(() => process[key](process.getuid()));
attempt(() => process.setgroups([])); attempt(() => process.initgroups("nobody", 65534));
attempt(() => process.kill(process.pid, 0)); attempt(() => { process.title = "tour"; }); attempt(() => process.report.getReport());
for (const key of Object.keys(os)) if (typeof os[key] === "function") attempt(() => os[key]());
attempt(() => os.setPriority(5));

const d = fs.mkdtempSync("/work/tour-"); const f = d + "/f";
const sync = {
  writeFileSync: [f, "x".repeat(100000)], appendFileSync: [f, "y"], readFileSync: [f], copyFileSync: [f, f + 2], renameSync: [f + 2, f + 3],
  linkSync: [f, f + 4], symlinkSync: [f, f + 5], readlinkSync: [f + 5], realpathSync: [f + 5], statSync: [f], lstatSync: [f + 5], statfsSync: [f],
  chmodSync: [f, 0o600], chownSync: [f, process.getuid(), process.getgid()], lchownSync: [f + 5, process.getuid(), process.getgid()], utimesSync: [f, 1, 1],
  lutimesSync: [f + 5, 1, 1], truncateSync: [f, 10], accessSync: [f], existsSync: [f], readdirSync: [d, { withFileTypes: true }], mkdirSync: [d + "/a/b", { recursive: true }],
  cpSync: [d + "/a", d + "/c", { recursive: true }], rmSync: [d + "/a", { recursive: true }], rmdirSync: [d + "/none"], opendirSync: [d], unlinkSync: [f + 4],
};
for (const [name, args] of Object.entries(sync)) attempt(() => fs[name](...args));
const fd = fs.openSync(f, "r+");
for (const [name, args] of [["fstatSync", []], ["fsyncSync", []], ["fdatasyncSync", []], ["ftruncateSync", [5]], ["fchmodSync", [0o600]], ["fchownSync", [process.getuid(), process.getgid()]],
  ["futimesSync", [1, 1]], ["writeSync", ["abc", 0]], ["writevSync", [[Buffer.from("a"), Buffer.from("b")]]], ["readSync", [Buffer.alloc(9), 0, 9, 0]], ["readvSync", [[Buffer.alloc(3)]]]]) attempt(() => fs[name](fd, ...args));
attempt(() => fs.watch(d).close()); attempt(() => { fs.watchFile(f, { interval: 10 }, () => {}); fs.unwatchFile(f); });

const serve = (server, where, client) => settle(() => new Promise((resolve) => {
  server.on("error", resolve); server.listen(where, () => { const c = client(server.address()); c.on?.("error", () => {}); setTimeout(() => { c.destroy?.(); c.close?.(); server.close(); resolve(); }, 200); });
}));
(async () => {
  const { net, dgram, http, http2, child_process: cp } = m;
  await serve(net.createServer({ keepAlive: true, noDelay: true }, (s) => s.end("x")), 0, (a) => net.connect(a.port, "127.0.0.1").setNoDelay().setKeepAlive(true));
  await serve(net.createServer((s) => s.end("x")), d + "/socket", () => net.connect(d + "/socket"));
  await serve(http.createServer((q, r) => fs.createReadStream(f).pipe(r)), 0, (a) => http.get("http://127.0.0.1:" + a.port, (r) => r.resume()));
  await serve(http2.createServer(), 0, (a) => http2.connect("http://127.0.0.1:" + a.port));
  await settle(() => new Promise((resolve) => { const s = dgram.createSocket("udp4"); s.bind(0, () => {
    for (const g of [() => s.setBroadcast(true), () => s.setTTL(9), () => s.setMulticastTTL(9), () => s.addMembership("224.0.0.1"), () => s.getRecvBufferSize(), () => s.setSendBufferSize(9999)]) attempt(g);
    s.send("x", s.address().port, "127.0.0.1", () => { s.close(); resolve(); }); }); }));
  await settle(() => m.dns.promises.lookup("localhost")); await settle(() => m.dns.promises.resolve("localhost"));
  for (const g of [() => cp.spawnSync("true"), () => cp.execSync("echo x"), () => cp.spawnSync("sleep", ["5"], { timeout: 20 }), () => cp.spawnSync("id", { uid: process.getuid(), gid: process.getgid(), detached: true })]) attempt(g);
  await settle(() => new Promise((r) => cp.fork(__filename, ["child"], { stdio: ["ignore", "ignore", "ignore", "ipc"], serialization: "advanced" }).on("exit", r).on("error", r)));
  await settle(() => new Promise((r) => new m.worker_threads.Worker("require('worker_threads').parentPort.postMessage(new SharedArrayBuffer(9))", { eval: true }).on("exit", r)));
  await settle(() => new Promise((r) => m.zlib.gzip(Buffer.alloc(1e6), r))); await settle(() => new Promise((r) => m.crypto.pbkdf2("a", "b", 9999, 32, "sha512", r))); await settle(() => new Promise((r) => m.crypto.generateKeyPair("rsa", { modulusLength: 1024 }, r)));
  await settle(() => fs.promises.cp(d, d + "-copy", { recursive: true })); await settle(async () => { for await (const line of m.readline.createInterface({ input: fs.createReadStream(f) })) line; });
  await settle(() => m.stream.promises.pipeline(fs.createReadStream(f), m.zlib.createBrotliCompress(), fs.createWriteStream(f + "br"))); await settle(() => fs.promises.rm(d + "-copy", { recursive: true }));
  attempt(() => m.v8.writeHeapSnapshot(d + "/heap")); attempt(() => m.v8.setFlagsFromString("--expose-gc")); attempt(() => { const s = new m.inspector.Session(); s.connect(); s.post("Profiler.enable"); s.post("Profiler.start"); for (let i = 0; i < 1e7; i++); s.post("Profiler.stop"); });
  attempt(() => m.inspector.open(0, "127.0.0.1")); attempt(() => m.inspector.close());
  attempt(() => { const memory = new WebAssembly.Memory({ initial: 1, maximum: 99, shared: true }); memory.grow(9); Atomics.wait(new Int32Array(memory.buffer), 0, 0, 10); });
  attempt(() => new m.wasi.WASI({ version: "preview1", preopens: { "/": d } }));
  console.log("ok"); process.exit(0);
})();
if (process.argv[2] === "child") process.exit(0);
