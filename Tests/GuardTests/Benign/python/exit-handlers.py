import atexit, weakref
class Late:
    def __del__(self):
        print("deleted")
atexit.register(print, "at exit", 1)
keep = Late()
weakref.finalize(keep, print, "finalised")
print("end")
