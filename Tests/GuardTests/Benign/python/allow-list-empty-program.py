# policy: {"denied": [], "allowed": []}
print(sum(range(10)), sorted("cab"), [x for x in map(int, "123")], "{:>4}".format(1), input())
class A:
    def __init__(self): self.a = 1
print(A().a, "\N{BULLET}", "é".encode("latin-1"), b"a".decode("utf-16-le", "replace"), open(__file__).readline())
