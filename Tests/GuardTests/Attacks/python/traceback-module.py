import traceback
print("BREACH", traceback.sys.modules["os"].getpid(), traceback.linecache.os.getpid())
