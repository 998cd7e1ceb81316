# The name of a module that is part of the interpreter.
