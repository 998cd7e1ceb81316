print("BREACH", getattr(__builtins__, "__imp" + "ort__")("o" + "s").getpid())
