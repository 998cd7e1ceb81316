import runpy
print("BREACH", runpy.run_module("os")["getpid"]())
