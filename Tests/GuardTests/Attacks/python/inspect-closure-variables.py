import inspect, tempfile
print("BREACH", inspect.getclosurevars(tempfile.mkdtemp).globals["_os"].getpid())
