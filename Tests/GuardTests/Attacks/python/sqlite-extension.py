# policy: {"denied": ["os", "ctypes"]}
import glob
import sqlite3

connection = sqlite3.connect(":memory:")
connection.enable_load_extension(True)
for library in glob.glob("/usr/lib/*/libc.so.6"):
    try:
        connection.execute("SELECT load_extension(?, 'getpid')", (library,))
    except sqlite3.OperationalError as error:
        # Which is what is said when the function gave a number.
        if "initialization" in str(error):
            print("BREACH", library)
