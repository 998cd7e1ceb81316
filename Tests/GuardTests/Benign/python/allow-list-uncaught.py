# policy: {"denied": [], "allowed": ["collections", "dataclasses"]}
from dataclasses import dataclass
from collections import namedtuple
@dataclass
class A:
    x: "int" = 1
print(A(), namedtuple("N", "a")(1))
print(A().y)
