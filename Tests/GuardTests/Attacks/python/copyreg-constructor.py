import copyreg, random
print("BREACH", copyreg.__newobj__(type("T", (), {"__new__": staticmethod(lambda c: c)})), random._os.getpid())
