# Every one of these reads random._os or its like in the name of a library function.
import copy
import inspect
import random
import types

tried = 0


def attempt(name, action):
    global tried
    tried += 1
    try:
        result = action()
        pid = result.getpid()
        print("BREACH:", name, pid, flush=True)
    except BaseException as error:
        print("refused:", type(error).__name__, name, flush=True)


def completer():
    import rlcompleter

    words = rlcompleter.Completer({"random": random}).attr_matches("random._os.getpi")
    if any("getpid" in word for word in words):
        print("BREACH: completion saw", words, flush=True)


def members():
    return dict(inspect.getmembers(random))["_os"]


def getter():
    class Slot:
        __slots__ = ()
        _os = property(lambda self: None)

    return types.DynamicClassAttribute(lambda self: self._os).__get__(random, types.ModuleType)


def partial_method():
    import functools

    return functools.reduce(getattr, ["_os"], random)


def reduced():
    return copy.copy(random)._os


def cached():
    import functools

    return functools.partial(getattr, random)("_os")


def simple():
    return types.SimpleNamespace(**vars(random))._os


def template():
    import string

    return string.Formatter().get_field("0._os", [random], {})[0]


def mapped():
    return list(map(getattr, [random], ["_os"]))[0]


def keyed():
    return max([random], key=lambda module: getattr(module, "_os"))._os


def matched():
    import operator

    return operator.itemgetter("_os")(operator.attrgetter("__dict__")(random))


attempt("getattr_static", lambda: inspect.getattr_static(random, "_os"))
attempt("getmembers", members)
attempt("DynamicClassAttribute", getter)
attempt("reduce", partial_method)
attempt("copy", reduced)
attempt("partial", cached)
attempt("SimpleNamespace", simple)
attempt("get_field", template)
attempt("map", mapped)
attempt("key", keyed)
attempt("itemgetter", matched)
attempt("completion", completer)
attempt("ChainMap", lambda: __import__("collections").ChainMap(vars(random))["_os"])
attempt("getclosurevars", lambda: inspect.getclosurevars(random.Random.seed).globals["_os"])
attempt("unwrap", lambda: inspect.unwrap(random.SystemRandom.random).__globals__["_os"])
attempt("signature", lambda: inspect.signature(random.sample, eval_str=True, globals=vars(random)) and vars(random)["_os"])
attempt("frame of a callback", lambda: sorted([2, 1], key=lambda _: inspect.currentframe().f_back.f_back.f_globals["_os"]))
print("tried", tried, "ways", flush=True)
