print("BREACH", type(license).__init__.__globals__["sys"].modules["os"].getpid())
