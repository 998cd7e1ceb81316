import SandboxModel
import SandboxProbe
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// The end of a Python program, which is cut short in a copy of an interpreter where nobody can tell.
@Suite struct PythonEndTests {
    /// Programs that leave something which acts when it is let go of, or when the interpreter is taken apart.
    private static let actors: [String] = [
        "class Loud:\n    def __del__(self):\n        print('deleted')\nloud = Loud()\n",
        "class Small:\n    __slots__ = ()\n    def __del__(self):\n        print('deleted')\nsmall = Small()\n",
        "class Meta(type):\n    def __del__(cls):\n        print('deleted')\nclass Made(metaclass=Meta):\n    pass\n",
        "class Loud:\n    def __del__(self):\n        print('deleted')\nimport os\nos.loud = Loud()\ndel Loud\n",
        "import _sitebuiltins\n_sitebuiltins.Quitter.__del__ = lambda self: print('deleted')\n",
        "import weakref\nclass Loud(weakref.ref):\n    def __del__(self):\n        print('deleted')\nclass Some: pass\nimport collections.abc\nisinstance(Some(), collections.abc.Sized)\nkept = Loud(Some, weakref.getweakrefs(Some)[0].__callback__)\n",
        "def parts():\n    try:\n        yield 1\n    finally:\n        print('closed')\npart = parts()\nnext(part)\n",
        "async def nothing():\n    pass\nnever = nothing()\n",
        "import weakref\nclass Some: pass\nsome = Some()\nreference = weakref.ref(some, lambda _: print('gone'))\n",
        "import weakref\nclass Some: pass\nsome = Some()\nproxy = weakref.proxy(some, lambda _: print('gone'))\n",
        "import weakref\nclass Some: pass\nsome = Some()\nweakref.finalize(some, print, 'finalized')\n",
        "file = open('out.txt', 'w')\nfile.write('kept')\n",
        "import tempfile\nfile = tempfile.NamedTemporaryFile(dir='.', suffix='.txt')\nprint('open')\n",
        "import os, warnings\nwarnings.simplefilter('always')\nentries = os.scandir('/usr')\n",
        "import sqlite3\nbase = sqlite3.connect('a.db')\nbase.execute('create table t(x)')\nbase.execute('insert into t values(1)')\n",
        "import gc\ngc.callbacks.append(lambda phase, information: print(phase))\n",
        "import gc, sys\ngc.set_debug(gc.DEBUG_SAVEALL | gc.DEBUG_UNCOLLECTABLE)\ndel gc, sys.modules['gc']\nring = []\nring.append(ring)\ndel ring\n",
        "import os, sys\ndef hook(event, arguments, write=os.write):\n    if event.startswith('cpython.'): write(1, event.encode() + b'\\n')\nsys.addaudithook(hook)\n",
        "import sys\nclass Output:\n    def write(self, text): return sys.__stdout__.write(text)\n    def flush(self): sys.__stderr__.write('flushed\\n')\nsys.stdout = Output()\nprint('x')\n",
        "import sys\nsys.stdout.flush = lambda: sys.stderr.write('flushed\\n')\nprint('x')\n",
        "import sys\nsys.stderr.buffer.raw.close = lambda: print('closed')\n",
        "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.detach(), 'ascii', 'replace')\nprint('caf\u{e9}')\n",
        "import os\nprint('lost')\nos.close(1)\n",
        "import os, sys\nsys.stderr.write('lost')\nos.close(2)\n",
        "import sys\nprint('closed')\nsys.stdout.close()\n",
        "import sys\nsys.stdout = None\nprint('nowhere')\n",
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_DFL)\nprint('no handler')\n",
    ]

    /// Programs that end in every way there is, and leave nothing of that kind.
    private static let others: [String] = [
        "import sys\nprint('x' * 100_000)\nsys.stderr.write('no newline')\n",
        "import signal\nsignal.signal(signal.SIGTERM, lambda *_: None)\nsignal.signal(signal.SIGHUP, lambda *_: None)\n",
        "import sys\nprint('told')\nsys.exit(41)\n",
        "import sys\nsys.exit('a message')\n",
        "import sys\nsys.excepthook = lambda *_: print('hooked')\n1 / 0\n",
        "import sys\ndef forget(*_):\n    sys.last_type = None\nsys.excepthook = forget\n1 / 0\n",
        "raise KeyboardInterrupt\n",
        "import atexit, sys\natexit.register(print, 'first')\natexit.register(lambda: sys.exit(9))\natexit.register(lambda: 1 / 0)\n",
        "import os, sys\nchild = os.fork()\nprint('child' if child == 0 else os.waitpid(child, 0)[1] >> 8, flush=True)\nsys.exit(5 if child == 0 else 6)\n",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\nprint('main is over')\n",
        "import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.1), print('late'))).start()\nprint('main is over')\n",
        "import decimal, hashlib, json, random, re, typing\nprint(random.Random(1).random(), json.dumps([1]), decimal.Decimal(1) / 3)\n",
        "import collections.abc\nclass Some: pass\nprint(isinstance(Some(), collections.abc.Sized))\nring = [Some()]\nring.append(ring)\n",
        "import gc\ngc.disable()\ngc.freeze()\nring = []\nring.append(ring)\n",
    ]

    @Test(arguments: actors + others)
    func `a program ends the same, however its interpreter was started`(_ code: String) async throws {
        var program = Program(language: "python", code: code)
        program.collect = ["*"]
        let (cold, warm) = try await BothStarts.run(
            program,
            policy: Policy(filesystem: .scratch),
            limits: Limits(wallTime: .seconds(20)),
        )
        BothStarts.expectSame(cold, warm)
    }

    @Test func `a program that leaves nothing behind ends sooner`() async throws {
        let plain = Program(language: "python", code: "print('plain')\n")
        let loud = Program(
            language: "python",
            code: "class Loud:\n    def __del__(self):\n        print('loud')\nloud = Loud()\n",
        )
        try await withSandbox { sandbox in
            var (short, whole): ([Duration], [Duration]) = ([], [])
            for _ in 0..<12 {
                short.append(try await BothStarts.runWarm(plain, in: sandbox).usage.cpuTime)
                whole.append(try await BothStarts.runWarm(loud, in: sandbox).usage.cpuTime)
            }
            // Taking a whole interpreter apart, page by page, is most of what the second does.
            let (least, other) = (try #require(short.min()), try #require(whole.min()))
            #expect(least * 1.3 < other, "\(short) \(whole)")
        }
    }
}
