# policy: {"denied": [], "allowed": ["json"]}
import json
print("BREACH", json.codecs.open)
