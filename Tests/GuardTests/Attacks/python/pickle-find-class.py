import pickle
print("BREACH", pickle.loads(b"cposix\ngetpid\n(tR."))
