# policy: {"denied": ["os"], "allowed": ["sys"]}
import sys
sys.path.append(sys.path[2])
import glob
print("BREACH", glob)
