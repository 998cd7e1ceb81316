print("a", "b", sep="-", end="!\n", flush=True)
print("\u00e9\u4e2d", b"\xff", 1e100, -0.0, 10**40, {1, }, ..., NotImplemented, sep="|")
print([[]] * 2, (1,), {"a": {}}, range(3), slice(1), complex(1, 2), print, int, object.__doc__)
