import functools, operator, itertools
@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
@functools.singledispatch
def show(x):
    return "any"
@show.register
def _(x: int):
    return "int"
@functools.wraps(show)
def wrapped(x):
    return show(x)
class C:
    @functools.cached_property
    def v(self):
        return 1
print(fib(60), fib.cache_info(), show("a"), show(1), wrapped.__name__, functools.reduce(operator.add, [1, 2]), C().v)
print(sorted([{"a": 2}, {"a": 1}], key=operator.itemgetter("a")), operator.attrgetter("real")(3), list(itertools.permutations("ab")))
