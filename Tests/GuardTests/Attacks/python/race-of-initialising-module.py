# policy: {"denied": ["os"]}
import sys
import helper_spy
print("BREACH", helper_spy.found.getpid())
