import marshal
code = compile("import os", "x", "exec")
data = marshal.dumps(code).replace(b"\x01x", b"\x01y")
exec(marshal.loads(data), globals())
print("BREACH", os.getpid())
