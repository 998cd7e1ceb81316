# policy: {"denied": [], "allowed": ["math"]}
import random
print("BREACH", random.random())
