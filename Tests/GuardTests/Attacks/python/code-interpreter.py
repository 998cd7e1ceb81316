import code
space = {}
code.InteractiveInterpreter(space).runcode(compile("import os; print('BREACH', os.getpid())", "x", "exec"))
