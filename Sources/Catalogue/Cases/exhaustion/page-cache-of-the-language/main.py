# Reading is no allocation, so nothing fails. What suffers is everybody whose files were cached until then.
import os
import time

end = time.monotonic() + 6
total = 0
for directory, _, names in os.walk("/usr/lib"):
    for name in names:
        try:
            file = os.open(os.path.join(directory, name), os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:
            continue
        while part := os.read(file, 1 << 20):
            total += len(part)
        os.close(file)
        if total > 200 << 20 or time.monotonic() > end:
            break
    if total > 200 << 20 or time.monotonic() > end:
        break
print("read", total >> 20, "MB", flush=True)
