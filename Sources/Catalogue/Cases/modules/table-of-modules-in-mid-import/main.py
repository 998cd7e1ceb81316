# A module stands in sys.modules before its code has run, and code of the program can run meanwhile.
import array  # noqa: F401
import collections.abc  # noqa: F401
import enum
import sys

tried = 0


def attempt(name, action):
    global tried
    tried += 1
    table, finders = sys.modules, list(sys.meta_path)
    seen = {}
    for key in [key for key in table if key.partition(".")[0] in ("asyncio", "socket", "_socket", "selectors", "ssl", "_ssl")]:
        del table[key]
    try:
        action(seen)
    except BaseException as error:
        print("refused:", type(error).__name__, name, flush=True)
    sys.modules, sys.meta_path[:] = table, finders
    for key, module in seen.items():
        try:
            make = getattr(module, "socketpair", None) or module.socket
            print("BREACH:", name, make(), flush=True)
        except (ImportError, AttributeError) as error:
            print("refused:", type(error).__name__, name, key, flush=True)


def look(seen):
    for key in ("socket", "_socket"):
        if key in sys.modules:
            seen.setdefault(key, sys.modules[key])


def finder_that_looks(seen):
    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            look(seen)

    sys.meta_path.insert(0, Finder)
    import asyncio  # noqa: F401


def function_that_looks(seen):
    real = enum.IntEnum._convert_

    def convert(*arguments, **named):
        look(seen)
        return real(*arguments, **named)

    enum.IntEnum._convert_ = convert
    try:
        import asyncio  # noqa: F401
    finally:
        del enum.IntEnum._convert_


def another_table(seen):
    sys.modules = dict(sys.modules)
    try:
        import asyncio  # noqa: F401
    except KeyError:
        pass
    look(seen)


def finalizer_that_looks(seen):
    import gc

    class Cycle:
        def __init__(self):
            self.me = self

        def __del__(self):
            look(seen)
            if len(seen) < 2 and live[0]:
                Cycle()

    live = [True]
    kept = gc.get_threshold()
    gc.set_threshold(1)
    Cycle()
    try:
        import asyncio  # noqa: F401
    finally:
        live[0] = False
        gc.set_threshold(*kept)


def globals_of_the_importing(seen):
    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            for key, module in list(sys.modules.items()):
                if key.startswith("asyncio") or key == "selectors":
                    space = getattr(module, "__dict__", {})
                    for word in ("socket", "_socket"):
                        if word in space:
                            seen.setdefault(key, space[word])

    sys.meta_path.insert(0, Finder)
    import asyncio  # noqa: F401


for way in (finder_that_looks, function_that_looks, finalizer_that_looks, globals_of_the_importing, another_table):
    attempt(way.__name__, way)
print("tried", tried, "ways", flush=True)
