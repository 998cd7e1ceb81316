import platform
print("BREACH" if platform._syscmd_file("/bin/true") else "", platform.os.getpid())
