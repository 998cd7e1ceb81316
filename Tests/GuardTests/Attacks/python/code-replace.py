def f():
    return 1
code = f.__code__.replace(co_filename=__import__("random").__file__)
print("BREACH", code.co_filename)
