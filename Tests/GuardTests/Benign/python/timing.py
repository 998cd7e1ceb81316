# policy: {"denied": ["ftplib"]}
import timeit
print(timeit.timeit("1", number=10) < 5, timeit.timeit("f()", globals={"f": int}, number=3) < 5)
print(len(timeit.repeat("x += 1", setup="x = 0", number=2, repeat=2)))
