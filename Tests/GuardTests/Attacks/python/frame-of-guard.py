try:
    import os
    print("BREACH", os.getpid())
except ImportError as error:
    tb = error.__traceback__
    while tb:
        for name, value in {**tb.tb_frame.f_locals, **tb.tb_frame.f_globals}.items():
            if hasattr(value, "getpid"):
                print("BREACH", value.getpid())
        tb = tb.tb_next
