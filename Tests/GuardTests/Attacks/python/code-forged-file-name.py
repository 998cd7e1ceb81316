import random
space = {}
exec(compile("import os", random.__file__, "exec"), space)
print("BREACH", space["os"].getpid())
