print("BREACH", type(__loader__)("os", __import__("random").__file__.replace("random", "os")).load_module("os").getpid())
