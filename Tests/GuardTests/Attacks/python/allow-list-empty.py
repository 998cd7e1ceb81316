# policy: {"denied": [], "allowed": []}
import math
print("BREACH", math.pi)
