import gc
gc.set_debug(gc.DEBUG_SAVEALL)
gc.collect()
print("BREACH", len(gc.garbage))
