import random
exec("found = _os.getpid()", vars(random))
print("BREACH", random.found)
