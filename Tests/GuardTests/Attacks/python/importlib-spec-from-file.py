import importlib.util, random
spec = importlib.util.spec_from_file_location("mine", random.__file__.replace("random.py", "os.py"))
m = importlib.util.module_from_spec(spec)
spec.loader.exec_module(m)
print("BREACH", m.getpid())
