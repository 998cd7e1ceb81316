import time
print("BREACH", time.__loader__.load_module("posix").getpid())
