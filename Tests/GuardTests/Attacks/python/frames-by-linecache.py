import linecache
import pathlib
import traceback
got = []
linecache.lazycache = lambda name, space: got.append(space)
try:
    pathlib.PurePath.__bytes__(5)
except TypeError as error:
    traceback.extract_tb(error.__traceback__)
print("BREACH", got[-1]["getpid"]())
