import types, weakref, contextvars, gc
m = types.ModuleType("m")
exec("a = 1", m.__dict__)
k = types.new_class("K", (dict,), {}, lambda ns: ns.update(v=1))
print(m.a, k.v, types.SimpleNamespace(a=1), types.FunctionType((lambda: 3).__code__, {})(), isinstance(gc.collect(), int))
class T: pass
t = T()
w = weakref.WeakValueDictionary(t=t)
v = contextvars.ContextVar("v", default=1)
print(len(w), v.get(), types.MappingProxyType({1: 2}), len.__self__, [].append.__self__, len.__name__)
@types.coroutine
def c():
    yield 1
print(c().send(None))
