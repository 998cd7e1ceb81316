import builtins
print("BREACH", builtins.__import__("os").getpid())
