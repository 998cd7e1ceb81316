# policy: {"denied": ["socket"]}
import array
import collections.abc
import sys
sys.modules = dict(sys.modules)
try:
    import asyncio
except KeyError:
    pass
print("BREACH", sys.modules["socket"].AF_INET)
