import pickle
print("BREACH", pickle.loads(b"\x80\x04\x8c\x06random\x8c\x0a_os.getpid\x93)R."))
