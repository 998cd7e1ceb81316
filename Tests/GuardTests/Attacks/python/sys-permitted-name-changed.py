# policy: {"denied": ["subprocess"]}
import sys
sys.modules["mine"] = sys.modules.get("subprocess")
import os
os.__name__ = "subprocess"
import subprocess
print("BREACH", subprocess.run)
