// fetch, http, tls, http2, dgram, dns and a worker each have a socket code of their own.
const net = require("net");
const dgram = require("dgram");
const http = require("http");
const http2 = require("http2");
const tls = require("tls");
const dns = require("dns");
const { Worker } = require("worker_threads");

const port = @@TCP_PORT@@;
let breaches = 0;
const breach = (what) => {
  breaches = 1;
  console.log("BREACH: " + what);
};
const code = (error) => error.code || (error.cause && (error.cause.code || (error.cause.errors || [{}])[0].code)) || error.name;
const refused = (error, what) => console.log("refused: " + code(error) + " " + what);
const attempt = (what, make, event) =>
  new Promise((done) => {
    try {
      const it = make();
      it.on("error", (error) => (refused(error, what), done()));
      it.on(event, () => (breach(what), done()));
    } catch (error) {
      refused(error, what);
      done();
    }
    setTimeout(done, 2000).unref();
  });

(async () => {
  for (const host of ["127.0.0.1", "::1", "0.0.0.0"]) {
    await attempt("net " + host, () => net.connect({ host, port }), "connect");
    await attempt("http", () => http.get({ host, port }), "socket_never");
    await attempt("tls", () => tls.connect({ host, port, rejectUnauthorized: false }), "connect");
  }
  await attempt("http2", () => http2.connect("http://127.0.0.1:" + port), "connect");
  await attempt("path", () => net.connect("@@UNIX_PATH@@"), "connect");
  await attempt("abstract", () => net.connect("\0@@ABSTRACT@@"), "connect");
  await fetch("http://127.0.0.1:" + port).then(() => breach("fetch"), (error) => refused(error, "fetch"));
  await new Promise((done) => {
    const peer = dgram.createSocket("udp4");
    peer.send("probe", @@UDP_PORT@@, "127.0.0.1", (error) => {
      if (error) refused(error, "dgram");
      else breach("dgram");
      peer.close();
      done();
    });
  });
  await new Promise((done) => dns.resolve4("probe.invalid", (error) => (error ? refused(error, "dns") : breach("dns"), done())));
  await new Promise((done) => {
    const worker = new Worker(
      `require("net").connect(${port}, "127.0.0.1").on("connect", () => process.exit(3)).on("error", () => process.exit(0))`,
      { eval: true },
    );
    worker.on("exit", (status) => (status === 3 ? breach("worker") : console.log("refused: worker"), done()));
    worker.on("error", (error) => (refused(error, "worker"), done()));
  });
  process.exit(breaches);
})();
