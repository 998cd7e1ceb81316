import math
print("BREACH", math.__loader__.load_module("os").getpid())
