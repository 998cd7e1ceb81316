import Foundation
import SandboxModel
import SandboxProbe
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// The same program started cold, by an interpreter of its own, and warm, in a copy of one that had started before.
@Suite struct WarmStartTests {
    private func python(_ code: String) -> Program { Program(language: "python", code: code) }

    /// Everything that a program can see of how its interpreter was started.
    private static let inspection = """
        import builtins, json, os, resource, signal, sys
        def read(path):
            with open(path) as file:
                return file.read()
        def link(path):
            try:
                return os.readlink(path).split(":")[0]
            except FileNotFoundError:
                return "the listing itself"
        status = dict(line.split(":", 1) for line in read("/proc/self/status").splitlines())
        kept = ["Uid", "Gid", "Groups", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp",
                "Seccomp_filters", "NSpid", "NStgid", "Tgid", "Pid", "PPid", "TracerPid", "SigPnd", "ShdPnd", "SigBlk",
                "SigIgn", "SigCgt", "Threads", "Umask", "Name", "CoreDumping", "Cpus_allowed", "FDSize"]
        def stream(file):
            return [type(file).__name__, file.name, file.mode, file.encoding, file.errors, file.line_buffering,
                    file.write_through, file.isatty(), type(file.buffer).__name__, type(file.buffer.raw).__name__]
        frames, frame = [], sys._getframe()
        try:
            while frame:
                frames.append([frame.f_code.co_filename, frame.f_code.co_name])
                frame = frame.f_back
        except AttributeError as refusal:
            frames.append(str(refusal))
        facts = {
            "argv": sys.argv, "orig_argv": sys.orig_argv, "path": sys.path, "flags": str(sys.flags),
            "modules": sorted(sys.modules), "executable": sys.executable, "prefix": [sys.prefix, sys.exec_prefix],
            "meta_path": [str(finder) for finder in sys.meta_path], "path_hooks": len(sys.path_hooks),
            "main": {name: repr(value) for name, value in globals().items() if name.startswith("__")
                     and name not in ("__builtins__", "__loader__")},
            "loader": type(__loader__).__name__, "importer_cache": sorted(sys.path_importer_cache),
            "environment": dict(os.environ), "cwd": os.getcwd(), "streams": [stream(sys.stdin), stream(sys.stdout), stream(sys.stderr)],
            "status": {name: status[name].strip() for name in kept if name in status},
            "command": read("/proc/self/cmdline"), "name": read("/proc/self/comm"), "limits": read("/proc/self/limits"),
            "oom": read("/proc/self/oom_score_adj"), "cgroup": read("/proc/self/cgroup"),
            "exe": os.readlink("/proc/self/exe"), "root": os.listdir("/"),
            "mounts": [line.split(" ", 3)[3] for line in read("/proc/self/mountinfo").splitlines()],
            "descriptors": sorted((name, link("/proc/self/fd/" + name)) for name in os.listdir("/proc/self/fd")),
            "session": [os.getsid(0) == os.getpid(), os.getpgrp() == os.getpid()], "parent": os.getppid(), "self": os.getpid(),
            "signals": [str(signal.getsignal(number)) for number in range(1, 32)],
            "recursion": sys.getrecursionlimit(), "switch": sys.getswitchinterval(), "frames": frames,
            "warnings": [sys.warnoptions, sys._xoptions], "hash": sys.hash_info.algorithm,
            "encoding": [sys.getfilesystemencoding(), sys.getdefaultencoding()], "nice": os.nice(0),
            "affinity": sorted(os.sched_getaffinity(0)), "scheduler": os.sched_getscheduler(0),
            "clock": resource.getrlimit(resource.RLIMIT_CPU), "dont_write": sys.dont_write_bytecode,
            "readable": sorted(name for name in ("environ", "maps", "mem", "stat", "auxv") if os.access("/proc/self/" + name, os.R_OK)),
        }
        print(json.dumps(facts, sort_keys=True, indent=1))
        """

    @Test func `a program sees no difference in how its interpreter was started`() async throws {
        for policy in [
            Policy(), Policy(filesystem: .scratch), Policy(modules: ModulePolicy(denied: ["socket"])),
        ] {
            let (cold, warm) = try await BothStarts.run(python(Self.inspection), policy: policy)
            #expect(cold.verdict == .ok && warm.verdict == .ok, "\(cold.shown) \(warm.shown)")
            let (left, right) = (
                cold.lines.map(BothStarts.withoutNumbers), warm.lines.map(BothStarts.withoutNumbers),
            )
            #expect(left.count > 100)
            let difference = right.difference(from: left)
            #expect(difference.isEmpty)
        }
    }

    @Test(arguments: NetworkAccess.allCases)
    func `a program has the same network, however its interpreter was started`(_ network: NetworkAccess)
        async throws
    {
        let program = python(
            """
            import socket
            print(socket.if_nameindex(), open("/proc/net/dev").read().count(":"), socket.gethostname())
            """
        )
        let (cold, warm) = try await BothStarts.run(program, policy: Policy(network: network))
        #expect(cold.verdict == .ok, cold.shown)
        #expect(warm.output == cold.output)
        let own = try Probe.outside("import socket\nprint(socket.if_nameindex())").output
        #expect(cold.lines.first?.hasPrefix(own.dropLast()) == (network == .host))
    }

    /// Programs whose every word must be the same, and so must their ends.
    private static let programs: [String] = [
        "print(10 + 20)",
        "def f(n):\n    return g(n)\n\ndef g(n):\n    return 1 / n\n\nf(0)\n",
        "print('before')\nif True print('syntax')\n",
        "import sys\nsys.exit(7)\n",
        "import sys\nsys.exit('a message')\n",
        "raise SystemExit\n",
        "import os\nos._exit(3)\n",
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n",
        "import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\n",
        "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n",
        "import os\nos.abort()\n",
        "import atexit\natexit.register(print, 'at exit')\nprint('now')\n",
        "import threading\nt = threading.Thread(target=print, args=('in a thread', threading.main_thread().name))\nt.start()\nt.join()\n",
        "import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.1), print('late'))).start()\nprint('main is over')\n",
        "import asyncio\nasync def main():\n    await asyncio.sleep(0.01)\n    print(await asyncio.gather(*[asyncio.sleep(0, n) for n in range(3)]))\nasyncio.run(main())\n",
        "import multiprocessing\nif __name__ == '__main__':\n    with multiprocessing.Pool(2) as pool:\n        print(pool.map(abs, [-1, -2, 3]))\n",
        "import multiprocessing\ndef work(q):\n    q.put(__name__)\nif __name__ == '__main__':\n    context = multiprocessing.get_context('spawn')\n    q = context.Queue()\n    p = context.Process(target=work, args=(q,))\n    p.start()\n    print(q.get())\n    p.join()\n    print(p.exitcode)\n",
        "import subprocess, sys\nprint(subprocess.run([sys.executable, '-c', 'import sys; print(sys.path[1:], sys.flags)'], capture_output=True, text=True).stdout)\n",
        "import warnings\nwarnings.warn('careful')\nprint(1)\nassert 1 is 1\n",
        "import signal, os, time\nsignal.signal(signal.SIGALRM, lambda *_: print('alarm'))\nsignal.setitimer(signal.ITIMER_REAL, 0.02)\nsignal.pause()\n",
        "import sys\nsys.stdout.write('no newline')\nsys.stderr.write('error first\\n')\n",
        "import sys\nprint(sys.stdin.read().upper(), end='')\n",
        "for line in open(0):\n    print(len(line))\n",
        "def deep(n):\n    return deep(n + 1)\ntry:\n    deep(0)\nexcept RecursionError as error:\n    print(error)\ndepth = 0\ndef count():\n    global depth\n    depth += 1\n    count()\ntry:\n    count()\nexcept RecursionError:\n    print(depth)\n",
        "import traceback\ntraceback.print_stack()\n",
        "import inspect\nprint([frame.filename for frame in inspect.stack()])\nprint(inspect.getsource(inspect.currentframe()) if False else __file__)\n",
        "import sys\nprint(sys.getrefcount(None) > 0, __name__, __doc__, __annotations__)\nx: int = 1\nprint(__annotations__)\n",
        "'''a docstring'''\nprint(__doc__)\n",
        "import faulthandler, ctypes\nfaulthandler.enable()\nctypes.string_at(0)\n",
        "x = [bytearray(1 << 20) for _ in range(10_000)]\n",
        "import os\nwhile True:\n    os.fork()\n",
        "import socket\nsocket.socket().connect(('127.0.0.1', 1))\n",
        "import ctypes\nctypes.CDLL(None).syscall(165, 0, 0, 0, 0, 0)\nprint('mount was refused')\n",
        "print('x' * 200_000)\n",
        "import gc, weakref\nclass A: pass\na = A(); a.me = a\nr = weakref.ref(a, lambda _: print('collected'))\ndel a\ngc.collect()\n",
        "import sys\nsys.excepthook = lambda kind, value, trace: print('hook', kind.__name__, value)\n{}['missing']\n",
        "class Loud:\n    def __del__(self):\n        print('deleted at the end')\nloud = Loud()\n",
        "import locale, time\nprint(locale.getlocale(), time.tzname)\n",
        "import os\nprint(sorted(os.listdir('.')), os.stat('main.py').st_mode, open('main.py').read()[:9])\n",
        "#!/usr/bin/env python3\n# -*- coding: latin-1 -*-\nprint('caf\u{e9}'.encode('utf-8'))\n",
        "import code, readline\n",
        "import numpy\nprint(numpy.arange(3).sum())\n",
        "exec(compile('1/0', 'elsewhere.py', 'exec'))\n",
        "print(undefined_name)\n",
        "import json\nprint(json.__file__, json.__spec__.origin, json.__loader__.__class__.__name__)\n",
    ]

    @Test(arguments: programs.indices)
    func `a program says and does the same, however its interpreter was started`(_ index: Int) async throws {
        let limits = Limits(
            wallTime: .seconds(20),
            cpuTime: .seconds(10),
            memory: .megabytes(96),
            processes: 32,
        )
        let (cold, warm) = try await BothStarts.run(
            python(Self.programs[index]),
            stdin: .text("one\nand two\n"),
            policy: Policy(filesystem: .scratch),
            limits: limits,
        )
        #expect(warm.verdict == cold.verdict)
        #expect(warm.termination == cold.termination)
        #expect(warm.stdout == cold.stdout)
        // Of processes that write at once, no two runs tell in the same order.
        if cold.limitsHit.allSatisfy({ $0.limit != .processes }) {
            #expect(
                warm.stderr.text.map(BothStarts.withoutNumbers)
                    == cold.stderr.text.map(BothStarts.withoutNumbers)
            )
        }
        #expect(warm.violations.map(\.name) == cold.violations.map(\.name))
        #expect(warm.limitsHit.map(\.limit) == cold.limitsHit.map(\.limit))
        #expect(warm.evidence.map(\.source) == cold.evidence.map(\.source))
    }

    private static let otherPrograms: [Program] =
        [
            "<?php\n$server = $_SERVER;\nunset($server['REQUEST_TIME'], $server['REQUEST_TIME_FLOAT']);\nvar_dump($server, $argv, $argc, __FILE__, __DIR__, getcwd(), PHP_SAPI, php_ini_loaded_file(), getmypid(), posix_getppid(), get_included_files(), get_loaded_extensions(), getenv(), ini_get_all(null, false));\n",
            "<?php\nvar_dump(abs(time() - $_SERVER['REQUEST_TIME']) < 2, memory_get_usage() < 1 << 20);\n",
            "<?php\nfunction f($n) { return intdiv(1, $n); }\necho 'before', PHP_EOL;\nf(0);\n",
            "<?php\necho 'before';\nif if\n", "<?php\nexit(7);\n", "no php at all\n<?= 1 + 1 ?>\n",
            "<?php\nregister_shutdown_function(function () { echo 'shut down', PHP_EOL; });\ntrigger_error('careful', E_USER_WARNING);\n",
            "<?php\necho strtoupper(stream_get_contents(STDIN));\nfwrite(STDERR, 'error');\n",
            "<?php\n$x = str_repeat('x', 1 << 27);\nwhile (true) $x .= $x;\n",
            "<?php\nclass Loud { function __destruct() { echo 'gone', PHP_EOL; } }\n$loud = new Loud;\necho 'end', PHP_EOL;\n",
            "<?php\nposix_kill(getmypid(), 15);\n",
            "#!/usr/bin/env php\n<?php\necho 'a first line', PHP_EOL;\n",
        ].map { Program(language: "php", code: $0) }
        + [
            "puts [list $argv $argc $argv0 [info script] [pid] [pwd] [info nameofexecutable] [lsort [array names env]] [info vars]]\n",
            "proc f {n} {g $n}\nproc g {n} {expr {1 / $n}}\nputs before\nf 0\n", "exit 7\n",
            "puts {no brace\n",
            "puts [string toupper [read stdin]]\nputs stderr error\n",
            "after 10 {set done 1}\nvwait done\nputs $done\n",
            "puts [fconfigure stdout]\nputs [fconfigure stdin]\nputs [encoding system]\n",
            "proc deep {} {deep}\nif {[catch deep message]} {puts $message}\n",
        ].map { Program(language: "tcl", code: $0) }

    @Test(arguments: otherPrograms)
    func `programs of other languages do the same, however their interpreters were started`(
        _ program: Program
    )
        async throws
    {
        let limits = Limits(wallTime: .seconds(20), memory: .megabytes(192))
        let (cold, warm) = try await BothStarts.run(program, stdin: .text("one\nand two\n"), limits: limits)
        #expect(warm.verdict == cold.verdict)
        #expect(warm.termination == cold.termination)
        #expect(
            warm.stdout.text.map(BothStarts.withoutNumbers) == cold.stdout.text.map(BothStarts.withoutNumbers)
        )
        #expect(warm.stderr.text == cold.stderr.text)
        #expect(warm.limitsHit.map(\.limit) == cold.limitsHit.map(\.limit))
    }

    @Test(arguments: [
        Program(
            language: "php",
            code:
                "<?php\necho mt_rand(), ' ', rand(), ' ', uniqid('', true), ' ', lcg_value(), ' ', bin2hex(random_bytes(8)), ' ', implode(array_rand(range(0, 99999), 3)), ' ', str_shuffle('abcdefghijklmnopqrstuvwxyz');\n",
        ),
        Program(language: "tcl", code: "puts [list [expr {rand()}] [clock microseconds]]\n"),
    ])
    func `copies of other interpreters draw different random numbers`(_ program: Program) async throws {
        try await withSandbox { sandbox in
            var drawn: [[Substring]] = []
            for _ in 0..<6 {
                drawn.append(try await BothStarts.runWarm(program, in: sandbox).output.split(separator: " "))
            }
            for column in drawn[0].indices {
                #expect(Set(drawn.map { $0[column] }).count == drawn.count, "\(drawn)")
            }
        }
    }

    @Test func `copies of one interpreter draw different random numbers`() async throws {
        let program = python(
            """
            import random, uuid, secrets, ssl, tempfile, os
            print(random.random(), uuid.uuid4(), secrets.token_hex(), ssl.RAND_bytes(8).hex(),
                  next(tempfile._get_candidate_names()), os.urandom(8).hex())
            """
        )
        try await withSandbox { sandbox in
            var drawn: [String] = []
            for _ in 0..<8 { drawn.append(try await BothStarts.runWarm(program, in: sandbox).output) }
            let columns = (0..<6).map { column in Set(drawn.map { $0.split(separator: " ")[column] }) }
            #expect(columns.allSatisfy { $0.count == drawn.count }, "\(drawn)")
        }
    }

    @Test func `what a program makes of its interpreter no other finds`() async throws {
        // Small integers, functions of the library and machine code are one object for everybody in the process.
        let change = python(
            """
            import ctypes, json, os
            ctypes.c_int.from_address(id(233) + 24).value = 8
            json.dumps.__code__ = (lambda *_, **__: "changed").__code__
            os.getcwd = lambda: "changed"
            with open("/proc/self/maps") as maps:
                code = next(line for line in maps if "r-xp" in line and "python" in line)
            with open("/proc/self/mem", "rb", buffering=0) as memory:
                memory.seek(int(code.split("-")[0], 16))
                print(int("233"), json.dumps("x"), os.getcwd(), len(memory.read(1)), flush=True)
            os._exit(0)
            """
        )
        let look = python(
            """
            import json, os
            print(int("233"), 232 + 1, json.dumps("x"), os.getcwd())
            """
        )
        try await withSandbox { sandbox in
            for _ in 0..<3 {
                let changed = try await BothStarts.runWarm(change, in: sandbox)
                #expect(changed.output == "8 changed changed 1\n")
                let found = try await BothStarts.runWarm(look, in: sandbox)
                #expect(found.output == "233 233 \"x\" /work\n")
            }
        }
    }

    @Test(arguments: [1, 2, 3, 4, 8, 31, 32])
    func `a small memory limit is a limit also where interpreters are ready`(_ megabytes: Int) async throws {
        let program = python("print('ready')")
        let limits = Limits(memory: .megabytes(megabytes))
        let (cold, kept) = try await Probe.pass {
            let cold = try await withSandbox(.init(readyCells: 0)) { sandbox in
                try await sandbox.execute(program, limits: limits)
            }
            let kept = try await withSandbox { sandbox in
                _ = try await BothStarts.runWarm(program, in: sandbox)
                return try await sandbox.execute(program, limits: limits)
            }
            return (cold, kept)
        }
        #expect(kept.verdict == cold.verdict, kept.shown)
    }

    /// Memory that a program can still take before the limit strikes, in steps of 256 kB.
    @Test func `a memory limit strikes at the same size, however the interpreter was started`() async throws {
        let program = python(
            """
            import os
            held, page = [], os.sysconf("SC_PAGE_SIZE")
            while True:
                held.append(bytearray(1 << 18))
                os.write(1, b".")
            """
        )
        let limits = Limits(memory: .megabytes(64))
        let (cold, warm) = try await BothStarts.run(program, limits: limits)
        #expect(cold.verdict == .memoryExceeded && warm.verdict == .memoryExceeded)
        let (less, more) = (cold.stdout.total, warm.stdout.total)
        #expect(less > 150 && abs(less - more) <= 6, "\(less) steps cold, \(more) warm")
    }
}
