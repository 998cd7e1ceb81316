from dataclasses import dataclass, field, asdict, replace
@dataclass(order=True, frozen=True)
class Point:
    x: int
    y: int = 0
    tags: list = field(default_factory=list, compare=False)
p = Point(1, 2)
print(p, asdict(p), replace(p, x=5) > p, hash(Point(1)) == hash(Point(1)))
try:
    p.x = 3
except Exception as error:
    print(type(error).__module__, type(error).__name__, error)
