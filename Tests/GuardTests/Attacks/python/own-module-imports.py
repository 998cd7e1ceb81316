import helper_module
print("BREACH")
