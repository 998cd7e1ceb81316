import doctest
doctest.testmod(m=doctest.inspect)
print("BREACH", doctest.os.getpid())
