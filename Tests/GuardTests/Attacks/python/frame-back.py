def reach():
    try:
        raise ValueError
    except ValueError as error:
        frame = error.__traceback__.tb_frame
        while frame:
            for space in (frame.f_globals, frame.f_locals, frame.f_builtins):
                for name in ("posix", "os", "sys", "real_import"):
                    if name in space:
                        return name, space[name]
            frame = frame.f_back
import random
def called(*rest):
    found = reach()
    if found:
        print("BREACH", found)
    return 0.5
class Other(random.Random):
    random = called
    def _randbelow(self, n):
        called()
        return 0
Other().choice([1, 2])
random._os and random.seed.__globals__["_os"] and random._os.getpid() and print("BREACH")
