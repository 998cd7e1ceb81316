print("BREACH", __import__("os", {}, {}, [], 0).getpid())
