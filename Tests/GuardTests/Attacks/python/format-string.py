import random
text = "{0.__init__.__globals__[_os].getpid}".format(random.Random)
print("BREACH" if "built-in function getpid" in text else "", text)
