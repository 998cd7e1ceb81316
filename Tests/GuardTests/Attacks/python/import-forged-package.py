m = __import__("path", {"__package__": "os", "__name__": "os"}, {}, ["x"], 1)
print("BREACH", m.exists)
