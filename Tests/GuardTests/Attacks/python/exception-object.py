import random
try:
    random._os.no_such_thing
except (AttributeError, ImportError) as error:
    print("BREACH", error.obj.getpid())
