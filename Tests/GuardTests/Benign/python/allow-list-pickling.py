# policy: {"denied": [], "allowed": ["pickle", "dataclasses", "typing", "enum"]}
import dataclasses
import enum
import pickle
import typing
import __main__
@dataclasses.dataclass
class Point:
    x: "int" = 3
class Colour(enum.IntEnum):
    RED = 1
print(pickle.loads(pickle.dumps([Point(5), Colour.RED])), __main__.Point is Point)
print(typing.get_type_hints(Point), typing.Pattern is not None)
