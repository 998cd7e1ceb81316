# policy: {"denied": ["os"]}
import sys
print(sys.argv, __file__, __name__, sys.path[0], sys.modules["__main__"].__file__)
