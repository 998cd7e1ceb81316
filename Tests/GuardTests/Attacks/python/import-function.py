print("BREACH", __import__("os").getpid())
