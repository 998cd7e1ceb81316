import gc, random
print("BREACH", [m for m in gc.get_referents(gc.get_referents(random.seed)[0]) if hasattr(m, "getpid")])
