import enum
class Colour(enum.Enum):
    RED = enum.auto()
    BLUE = enum.auto()
class Flags(enum.Flag):
    A = 1
    B = 2
Made = enum.Enum("Made", "ONE TWO")
print(list(Colour), Flags.A | Flags.B, Colour["RED"].value, Made.ONE, Made.__module__)
