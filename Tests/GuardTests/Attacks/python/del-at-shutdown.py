import random
class Late:
    def __del__(self, random=random):
        print("BREACH", random._os.getpid())
keep = Late()
