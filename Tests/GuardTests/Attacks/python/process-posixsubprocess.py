import _posixsubprocess
print("BREACH", _posixsubprocess.fork_exec)
