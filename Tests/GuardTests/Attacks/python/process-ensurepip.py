import ensurepip
print("BREACH", ensurepip.os.getpid())
