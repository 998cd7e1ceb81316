import pkgutil
print("BREACH", pkgutil.resolve_name("os:getpid")())
