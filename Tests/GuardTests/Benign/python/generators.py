def count():
    got = yield 1
    print("got", got)
    try:
        yield 2
    finally:
        print("closed")
g = count()
print(next(g), g.send("x"), g.gi_frame.f_lineno, g.gi_code.co_name)
g.close()
print(sum(x * x for x in range(10)), [*map(str, range(3))], {k: v for k, v in zip("ab", [1, 2])})
