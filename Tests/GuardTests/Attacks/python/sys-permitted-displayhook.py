# policy: {"denied": ["os"]}
import sys
print("BREACH", sys.displayhook.__self__.modules["os"].getpid())
