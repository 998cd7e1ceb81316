import random
function = type(lambda: 0)(random.betavariate.__func__.__code__, {"_os": 1})
print("BREACH", function)
