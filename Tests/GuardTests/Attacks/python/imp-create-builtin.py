import _imp
spec = type("S", (), {"name": "posix", "loader": None, "origin": None})
print("BREACH", _imp.create_builtin(spec()).getpid())
