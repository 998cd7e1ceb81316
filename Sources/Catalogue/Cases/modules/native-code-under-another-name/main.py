# Own files and packages lend their names to what is not theirs; a constant of the library lends its own.
import sys

tried = 0


def attempt(name, action):
    global tried
    tried += 1
    try:
        print("BREACH:", name, action(), flush=True)
    except BaseException as error:
        print("refused:", type(error).__name__, name, flush=True)


def built_in_with_an_own_file():
    import _socket

    return _socket.socket(_socket.AF_UNIX)


def extension_as_an_own_submodule():
    import importlib

    import part

    for folder in sys.path[1:]:
        part.__path__.append(folder)
    for name, wanted in (("_cffi_backend", "load_library"), ("_ctypes", "dlopen"), ("_socket", "socket")):
        try:
            return getattr(importlib.import_module("part." + name), wanted)
        except (ImportError, AttributeError) as error:
            print("refused:", type(error).__name__, name, flush=True)
    raise ImportError("none")


def constant_of_the_library():
    import asyncio.selector_events as events
    import importlib

    events.trsock.TransportSocket = importlib.import_module
    transport = events._SelectorTransport.__new__(events._SelectorTransport)
    try:
        transport.__init__(object(), "socket", None)
    except AttributeError:
        pass
    transport._sock = None
    return transport._extra["socket"].socketpair()[0]


def library_that_starts_processes():
    from gi.repository import GLib

    return GLib.spawn_command_line_sync("/bin/echo started")


for way in (built_in_with_an_own_file, extension_as_an_own_submodule, constant_of_the_library, library_that_starts_processes):
    attempt(way.__name__, way)
print("tried", tried, "ways", flush=True)
