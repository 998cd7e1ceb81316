def f(a, b=2, *c, d=4):
    x = a
    return lambda: x
print(f.__code__.co_varnames, f.__defaults__, f.__kwdefaults__, f(1).__closure__[0].cell_contents, f.__globals__ is globals())
f.__code__ = (lambda a: a + 1).__code__
print(f(1))
