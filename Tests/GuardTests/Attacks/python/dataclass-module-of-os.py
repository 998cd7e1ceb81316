import dataclasses
@dataclasses.dataclass
class Mine:
    a: int = 1
    __module__ = "os"
print("BREACH", Mine.__init__.__globals__["getpid"]())
