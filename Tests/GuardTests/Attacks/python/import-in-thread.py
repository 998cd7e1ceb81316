import threading
def late():
    import os
    print("BREACH", os.getpid())
t = threading.Thread(target=late)
t.start()
t.join()
