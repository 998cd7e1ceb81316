# CPython's own tests of one module, which the argument names.
import os
import sys

from test.libregrtest import main

os.environ["TMPDIR"] = "/work"
options = ["--tempdir", "/work", "-u", "all,-largefile,-gui,-audio,-network,-urlfetch,-cpu"]
sys.argv[1:] = options + sys.argv[1:]
main()
