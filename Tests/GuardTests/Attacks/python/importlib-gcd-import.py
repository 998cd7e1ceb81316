import importlib
print("BREACH", importlib._bootstrap._gcd_import("os").getpid())
