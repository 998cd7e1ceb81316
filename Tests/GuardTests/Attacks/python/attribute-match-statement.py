import random
match random:
    case object(_os=object(getpid=f)):
        print("BREACH", f())
