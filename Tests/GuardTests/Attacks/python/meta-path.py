import random
for finder in random._os.sys.meta_path:
    print("BREACH", finder)
