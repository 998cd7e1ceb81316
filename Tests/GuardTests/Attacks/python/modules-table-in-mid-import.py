# policy: {"denied": ["socket"]}
import enum
import sys
got = []
class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        got.extend(sys.modules[key] for key in ("socket", "_socket") if key in sys.modules)
sys.meta_path.insert(0, Finder)
real = enum.IntEnum._convert_
def convert(*arguments, **named):
    got.append(sys.modules["socket"])
    return real(*arguments, **named)
enum.IntEnum._convert_ = convert
import asyncio
for module in got:
    try:
        print("BREACH", module.AF_INET)
    except (ImportError, AttributeError) as error:
        print(repr(error))
