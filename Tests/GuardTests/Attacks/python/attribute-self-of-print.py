print("BREACH", print.__self__.__import__("os").getpid())
