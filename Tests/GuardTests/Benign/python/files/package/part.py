from . import value
from .deep.bottom import up


def name():
    return __name__, value, up
