# policy: {"denied": ["json.decoder"], "allowed": ["json"]}
import json.decoder
print("BREACH", json.decoder)
