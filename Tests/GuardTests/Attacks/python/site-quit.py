print("BREACH", quit.__class__.__call__.__globals__["sys"].modules["os"].getpid())
