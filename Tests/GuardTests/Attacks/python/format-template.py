import random
text = f"{random._os.getpid}"
print("BREACH" if "built-in" in text else "")
