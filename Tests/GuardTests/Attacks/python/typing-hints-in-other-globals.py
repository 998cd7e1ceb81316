import random, typing
def mine():
    pass
mine.__wrapped__ = random.betavariate.__func__
mine.__annotations__ = {"x": "_os.getpid"}
print("BREACH", typing.get_type_hints(mine)["x"]())
