import random, operator
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(1) as pool:
    print("BREACH", pool.submit(operator.methodcaller("getpid"), random._os).result())
