import traceback
def own():
    pass
own.__code__ = traceback.walk_stack(None).gi_code
print("BREACH", own.__code__)
