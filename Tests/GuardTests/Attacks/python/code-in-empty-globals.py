space = {}
exec("import os", space)
print("BREACH", space["os"].getpid())
