from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(1) as pool:
    print("BREACH", pool.submit(globals).result()["os"].getpid())
