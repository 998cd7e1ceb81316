print(eval("1 + 1"), eval("x", {"x": 3}), eval("y", None, {"y": 4}))
exec("z = 5")
print(z)
def f():
    a = 1
    exec("b = a + 1")
    return sorted(locals()), eval("a"), vars()
print(f(), compile("1+2", "mine", "eval").co_filename)
class C:
    q = 1
    print(sorted(k for k in locals() if k[0] != "_"), sorted(dir()))
print(sorted(vars(C))[-1], globals()["z"], type(vars()))
try:
    exec("def g():\n  raise KeyError('in')\ng()")
except KeyError:
    import traceback
    traceback.print_exc()
