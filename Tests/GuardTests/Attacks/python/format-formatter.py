import random, string
found, _ = string.Formatter().get_field("0._os.getpid", (random,), {})
print("BREACH", found())
