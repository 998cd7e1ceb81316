space = {}
exec(compile("import os", "<frozen importlib._bootstrap>", "exec"), space)
print("BREACH", space["os"].getpid())
