import gc
print("BREACH", [m for m in gc.get_objects() if getattr(m, "__name__", "") == "posix"][0].getpid())
