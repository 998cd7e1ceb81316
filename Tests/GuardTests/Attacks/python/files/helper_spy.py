import sys

sys.modules.pop("random", None)
import random

found = random._os
