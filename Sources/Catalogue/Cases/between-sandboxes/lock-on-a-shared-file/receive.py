# No clock is agreed on: samples are taken all the while, and the pattern is looked for from each of them on.
import bisect
import fcntl
import os
import time

bits = "10110010" + "".join(f"{byte:08b}" for byte in b"leak"[:3])
file = os.open("/usr/lib/os-release", os.O_RDONLY)
times, states = [], []
end = time.time() + 4.5
while time.time() < end:
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        fcntl.flock(file, fcntl.LOCK_UN)
        states.append("0")
    except BlockingIOError:
        states.append("1")
    times.append(time.time())
    time.sleep(0.004)
best, found = "", -1
for origin in times[::2]:
    word = ""
    for number in range(len(bits)):
        place = bisect.bisect(times, origin + (number + 0.5) * 0.06)
        word += states[place] if place < len(times) else "0"
    score = sum(a == b for a, b in zip(word, bits))
    if score > found:
        best, found = word, score
print("read", best, flush=True)
if found >= 31:
    print("BREACH: heard the other sandbox by locks on /usr/lib/os-release", flush=True)
