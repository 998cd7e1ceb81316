print(sorted(globals()), __doc__, __package__, __spec__, type(__loader__).__name__, __builtins__)
