import importlib
class Changing(list):
    pass
print("BREACH", __import__("os", None, None, Changing()).getpid())
