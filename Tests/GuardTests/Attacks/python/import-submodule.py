import os.path
print("BREACH", os.path)
