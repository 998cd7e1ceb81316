"""Whether something else runs on this machine, which makes figures unfit for publication."""

import time

# The share of all processors that others may take.
LIMIT = 0.05


def others_share(seconds=0.5):
    """The share of all processors that is in use while we sleep; proc_stat(5)."""
    busy, total = times()
    time.sleep(seconds)
    later_busy, later_total = times()
    return (later_busy - busy) / max(1, later_total - total)


def times():
    with open("/proc/stat", encoding="utf-8") as file:
        user, nice, system, idle, waiting, interrupts, soft_interrupts, stolen = map(int, file.readline().split()[1:9])
    busy = user + nice + system + interrupts + soft_interrupts + stolen
    return busy, busy + idle + waiting
