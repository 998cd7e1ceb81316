# inspect, traceback and linecache read for the program what they read for themselves: globals, locals, closures, code.
import inspect
import linecache
import pathlib
import random
import traceback

tried = 0


def attempt(name, action):
    global tried
    tried += 1
    try:
        print("BREACH:", name, action(), flush=True)
    except BaseException as error:
        print("refused:", type(error).__name__, name, flush=True)


def name_that_keeps_frames():
    frames = []

    class Name(str):
        __slots__ = ()

        def __hash__(self):
            try:
                raise ValueError
            except ValueError as error:
                frames.append(error.__traceback__.tb_frame.f_back)
            return str.__hash__(self)

    # Without a guard there is nothing behind: the attribute itself is what was wanted.
    try:
        return getattr(random._os, Name("getpid"))()
    except ImportError:
        pass
    table = inspect.getargvalues(frames[0]).locals["behind"]
    return next(real for real, _ in table.values() if real.__name__ == "posix").getpid()


def name_that_is_two():
    class Name(str):
        asked = 0

        def __eq__(self, other):
            Name.asked += 1
            return str.__eq__(self, other) or other == "__doc__"

        def __hash__(self):
            return hash("__doc__") if Name.asked else str.__hash__(self)

    return getattr(random._os, Name("getpid"))()


def closure_of_import():
    found = inspect.getclosurevars(__import__)
    return found.nonlocals["real_import"]("os").getpid()


def globals_for_a_cache():
    spaces = []
    kept, linecache.lazycache = linecache.lazycache, lambda name, space: spaces.append(space)
    try:
        pathlib.PurePath.__bytes__(5)
    except TypeError as error:
        traceback.extract_tb(error.__traceback__)
    finally:
        linecache.lazycache = kept
    return spaces[-1]["getpid"]()


def locals_of_a_refused_frame():
    try:
        pathlib.PurePath.__bytes__(5)
    except TypeError as error:
        last = error.__traceback__
        while last.tb_next:
            last = last.tb_next
        return sorted(inspect.getargvalues(last.tb_frame).locals)[0]


def code_of_a_generator():
    def own():
        pass

    own.__code__ = traceback.walk_stack(None).gi_code
    return own.__code__


def closure_of_import_by_unwrap():
    return inspect.unwrap(__import__).__closure__[0]


def frame_of_the_guard():
    outermost = inspect.currentframe()
    while outermost.f_back:
        outermost = outermost.f_back
    return inspect.getargvalues(outermost).locals["random"]._os.getpid()


for way in (name_that_keeps_frames, name_that_is_two, closure_of_import, globals_for_a_cache, locals_of_a_refused_frame,
            code_of_a_generator, closure_of_import_by_unwrap, frame_of_the_guard):  # fmt: skip
    attempt(way.__name__, way)
print("tried", tried, "ways", flush=True)
