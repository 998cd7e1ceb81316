import multiprocessing.util
print("BREACH", multiprocessing.util.spawnv_passfds(b"/bin/true", [b"true"], []))
