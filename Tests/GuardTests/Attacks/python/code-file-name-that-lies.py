import string
class Name(str):
    lies = False
    def startswith(self, *rest):
        return Name.lies
code = compile("def f():\n    import os\n    return os.getpid()\n", Name(string.__file__), "exec")
space = {"__name__": "x"}
exec(code, space)
Name.lies = True
print("BREACH", space["f"]())
