import posix
print("BREACH", posix.getpid())
