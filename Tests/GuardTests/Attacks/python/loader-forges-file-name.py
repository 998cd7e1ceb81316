import json
code = json.__loader__.source_to_code(b"import os", json.__file__)
space = {"__name__": "mine"}
exec(code, space)
print("BREACH", space["os"].getpid())
