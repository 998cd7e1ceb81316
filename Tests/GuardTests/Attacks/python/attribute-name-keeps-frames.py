# policy: {"denied": [], "allowed": ["inspect", "random"]}
import inspect
import random
frames = []
class Name(str):
    __slots__ = ()
    def __hash__(self):
        try:
            raise ValueError
        except ValueError as error:
            frames.append(error.__traceback__.tb_frame.f_back)
        return str.__hash__(self)
try:
    print("BREACH", getattr(random._os, Name("getpid"))())
except ImportError:
    table = inspect.getargvalues(frames[0]).locals["behind"]
    print("BREACH", next(real for real, _ in table.values() if real.__name__ == "posix").getpid())
