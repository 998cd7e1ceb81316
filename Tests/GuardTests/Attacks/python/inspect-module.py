import inspect
print("BREACH", inspect.getmodule(inspect.os.walk).getpid())
