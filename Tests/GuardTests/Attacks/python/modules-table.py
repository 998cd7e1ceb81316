import json
print("BREACH", json.codecs.sys.modules["os"].getpid())
