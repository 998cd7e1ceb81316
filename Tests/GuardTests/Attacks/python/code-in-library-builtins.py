import random
space = {"__builtins__": vars(random)["__builtins__"]}
exec("import os", space)
print("BREACH", space["os"].getpid())
