import math

raise ValueError(math.pi)
