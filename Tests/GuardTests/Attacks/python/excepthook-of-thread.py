import threading, random
def hook(args):
    tb = args.exc_traceback
    while tb:
        print("BREACH", tb.tb_frame.f_globals["_sys"].modules["os"].getpid())
        tb = tb.tb_next
threading.excepthook = hook
t = threading.Thread(target=random.betavariate, args=("a", "b"))
t.start(); t.join()
