import builtins
real = builtins.print
builtins.print = lambda *a: real("patched", *a)
print(1)
builtins.print = real
_ = builtins
print(_ is __builtins__, builtins.__name__, callable(__import__), __import__("math").pi)
