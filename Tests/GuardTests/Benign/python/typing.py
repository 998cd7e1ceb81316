import typing
from typing import NamedTuple, TypedDict, Protocol, Generic, TypeVar, Optional
T = TypeVar("T")
class Box(Generic[T]):
    item: "Optional[T]" = None
class Row(NamedTuple):
    a: int
    b: str = "x"
class D(TypedDict):
    a: int
@typing.runtime_checkable
class Closes(Protocol):
    def close(self): ...
def f(a: "int", b: "Box[int]") -> "Row": ...
print(typing.get_type_hints(f), Row(1), D(a=1), Box[int], isinstance(open, Closes), T.__module__)
