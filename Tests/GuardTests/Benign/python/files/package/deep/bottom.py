import random
from .. import value as up
