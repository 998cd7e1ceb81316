class Base: pass
class One(Base): pass
class Two(Base): pass
print([c.__name__ for c in Base.__subclasses__()])
