import _thread, operator, random, time
_thread.start_new_thread(lambda: print("BREACH", operator.methodcaller("getpid")(random._os)), ())
time.sleep(0.1)
