import io, pickle
print("BREACH", pickle._loads(b"cos\ngetpid\n(tR."))
