import gc, random
print("BREACH", gc.get_referrers(random._os))
