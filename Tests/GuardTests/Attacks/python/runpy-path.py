import random, runpy
print("BREACH", runpy.run_path(random.__file__.replace("random", "os"))["getpid"]())
