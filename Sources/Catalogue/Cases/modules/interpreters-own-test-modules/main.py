# _testcapi.run_in_subinterp has no guard in it; _testinternalcapi and _testmultiphase hand out what the C API hides.
import importlib

tried = 0


def attempt(name, action):
    global tried
    tried += 1
    try:
        module = importlib.import_module(name)
        result = action(module)
        print("BREACH:" if result else "refused: nothing came of", name, result, flush=True)
    except BaseException as error:
        print("refused:", type(error).__name__, name, flush=True)


code = "import posix; posix.write(1, b'BREACH: an interpreter without a guard\\n')"
attempt("_testcapi", lambda m: m.run_in_subinterp(code) == 0 and "run_in_subinterp")
attempt("_testcapi", lambda m: m.PyModule_GetDict(__import__("random"))["_os"].getpid())
attempt("_testcapi", lambda m: m.eval_code_ex(compile("os", "x", "eval"), m.getattr_string(__import__("random"), "__dict__")))
attempt("_testcapi", lambda m: m.PyImport_ImportModule("posix").getpid())
attempt("_testinternalcapi", lambda m: m.run_in_subinterp_with_config(code) == 0 and "with_config")
attempt("_testinternalcapi", lambda m: m.get_interp_settings and 0)
attempt("_xxinterpchannels", lambda m: m.create() is None)
attempt("_testimportmultiple", lambda m: 0)
attempt("_testmultiphase", lambda m: 0)
attempt("xxlimited", lambda m: 0)
print("tried", tried, "modules", flush=True)
