exec("import \uff4f\uff53 as m")
print("BREACH", m.getpid())
