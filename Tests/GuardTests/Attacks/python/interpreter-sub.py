import _xxsubinterpreters as s
print("BREACH", s.create())
