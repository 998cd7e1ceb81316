import random, types
f = types.FunctionType(compile("lambda: __import__('os')", "x", "eval"), vars(random))
print("BREACH", f()().getpid())
