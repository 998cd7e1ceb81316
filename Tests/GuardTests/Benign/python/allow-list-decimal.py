# policy: {"denied": [], "allowed": ["decimal", "fractions", "re", "enum", "typing", "functools", "itertools"]}
import decimal, fractions, re, enum, typing, functools
print(decimal.Decimal("1.10") + 1, round(decimal.Decimal("2.675"), 2), fractions.Fraction("1/3"), re.sub("(a)", r"<\1>", "cat"))
class E(enum.IntEnum):
    A = 1
print(E.A, E(1).name, typing.Optional[int], typing.List[int], functools.partial(int, base=2)("10"), re.compile("a", re.X))
def f(x: "typing.Optional[int]") -> "E": ...
print(typing.get_type_hints(f))
