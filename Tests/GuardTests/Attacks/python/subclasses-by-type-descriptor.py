for kind in type.__dict__["__subclasses__"](object):
    if kind.__name__ == "_wrap_close":
        print("BREACH", kind.__init__.__globals__["getpid"]())
