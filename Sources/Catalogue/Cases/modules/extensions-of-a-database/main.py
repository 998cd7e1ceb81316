# load_extension opens a shared object and calls the entry point that is named: any function of any library, with a pointer.
import glob

try:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.enable_load_extension(True)
    for library in glob.glob("/usr/lib/*/libc.so.6") + ["libc.so.6"]:
        for entry in ("getpid", "getppid"):
            try:
                connection.execute("SELECT load_extension(?, ?)", (library, entry)).fetchall()
                print("BREACH: called", entry, flush=True)
            except sqlite3.Error as error:
                text = str(error)
                # "error during initialization" is what is said when the function was called and gave a number.
                called = "initialization" in text
                print("BREACH: called" if called else "refused:", entry, text, flush=True)
except BaseException as error:
    print("refused:", type(error).__name__, error, flush=True)
print("tried sqlite", flush=True)
