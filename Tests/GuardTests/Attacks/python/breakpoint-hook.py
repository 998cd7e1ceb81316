import random
breakpoint()
print("BREACH")
