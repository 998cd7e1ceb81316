# policy: {"denied": ["time"]}
import sys
__import__("random")
print("BREACH", sys.modules["time"].time())
