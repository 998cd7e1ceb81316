import random
random._os.sys.addaudithook(print)
print("BREACH")
