import logging
print("BREACH", logging.os.getpid(), logging.sys.modules)
