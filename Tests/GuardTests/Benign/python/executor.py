from concurrent.futures import ThreadPoolExecutor, as_completed
with ThreadPoolExecutor(3) as pool:
    print(sorted(f.result() for f in as_completed([pool.submit(pow, 2, n) for n in range(5)])))
    print(list(pool.map(str.upper, "abc")))
