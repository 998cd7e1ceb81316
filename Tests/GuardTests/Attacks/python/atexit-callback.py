import atexit
@atexit.register
def late():
    import os
    print("BREACH", os.getpid())
