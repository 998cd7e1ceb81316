import glob
print("BREACH", glob.iglob("*").gi_frame.f_globals["os"].getpid())
