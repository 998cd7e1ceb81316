from collections import namedtuple, Counter, OrderedDict, deque, defaultdict, ChainMap
P = namedtuple("P", "x y", defaults=[0])
print(P(1), P(1)._asdict(), P.__module__, Counter("abca").most_common(1), OrderedDict(a=1), deque([1, 2], 1), ChainMap({1: 2})[1])
