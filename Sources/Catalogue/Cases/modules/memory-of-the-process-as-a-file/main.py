# open() is no module. Through this file a program of pure Python writes over constants, functions and machine code.
target = b"guarded-constant-0123456789"
address = id(target) + bytes.__basicsize__ - 1
for path in ("/proc/self/mem", "/proc/thread-self/mem", "/proc/self/task/../mem", "/proc/self/cwd/../proc/self/mem"):
    for mode in ("r+b", "wb", "ab", "w+b"):
        try:
            with open(path, mode, buffering=0) as memory:
                memory.seek(address)
                memory.write(b"OVERWRITE")
            print("BREACH: wrote through", path, mode, flush=True)
        except OSError as error:
            print("refused:", error.strerror, path, "mem for writing", flush=True)
print("read back as it was" if target.startswith(b"guarded") else "BREACH: memory was changed", flush=True)
