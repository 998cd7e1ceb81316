import io, pdb
debugger = pdb.Pdb(stdin=io.StringIO("p __import__('os').getpid()\nc\n"))
debugger.use_rawinput = False
debugger.set_trace()
import os
print("BREACH", os.getpid())
