"""Makes the system calls of the host, the launcher, init and the confined process fail, one at a time, and looks what comes of it.

A clean run of each scenario is recorded first, by ptrace(2); then every call of it fails in a run of its own, in the process
that made it, with each of the errors that its manual page gives and that matter. --seconds bounds that: a sample, with every call
of every process in it before any has a second turn. Each time
  - a program that ran tells that it stands behind the same walls as in the clean run, word for word;
  - the outcome is the clean run's, or an error of Sanderling's that says what failed;
  - it ends in time;
  - nothing is left: no process, mount, cgroup or temporary file;
  - what it left in the compile cache gives the right answer to those who come after it.

The tracer is in the way of nothing that is judged: a traced process's filter acts after the stop at a call's entry, its refused
calls reach their listener as ever, and no_new_privs and the identity are set by calls that are made for real. What a program does
is not made to fail, nor what an interpreter does before it is a zygote: it is their own.

Where memory cannot be had (mmap, mprotect), Swift ends the process: then a signal is an outcome as well. So it is where
libdispatch cannot have its own epoll(7) or read /proc, where SwiftNIO cannot have its own or its threads; and so is what the
dynamic linker says of a library that it cannot read, or the Swift runtime of a static executable whose own path it cannot.
"""

import argparse
import collections
import concurrent.futures
import contextlib
import errno
import multiprocessing
import os
import platform
import random
import signal
import sys
import tempfile
import time

from calls import call_names, faults_of
from judging import Bench, own_cgroups
from looking import prove_detector
from scenarios import SCENARIOS
from tracing import Timeout


def on_alarm(_number, _frame):
    raise Timeout()


def begin(command, names, made):
    """Begins a worker."""
    global BENCH
    signal.signal(signal.SIGALRM, on_alarm)
    BENCH = Bench(command, names, own_cgroups())
    for path in BENCH.cgroups:
        made.put(path)


def work(name, clean, fault):
    scenario = next(one for one in SCENARIOS if one.name == name)
    return fault, *BENCH.judge(scenario, clean, fault)


class Counts:
    """What was counted, over all scenarios."""

    def __init__(self, verbose):
        self.tally, self.wrong, self.skipped, self.verbose = collections.Counter(), [], 0, verbose

    def add(self, scenario, fault, word, mistake):
        self.tally[word] += 1
        told = f"{scenario.name}: {fault[0]} {fault[1]} #{fault[2]} {errno.errorcode[fault[3]]}"
        if mistake:
            self.wrong.append(told)
            print(f"fault-test: {told}: {mistake}", file=sys.stderr, flush=True)
        elif self.verbose:
            print(f"{told}: {word}", flush=True)

    def conclude(self):
        if self.wrong:
            sys.exit(f"fault-test: failed: {len(self.wrong)} of {self.tally.total()} faults")
        if not self.tally["right"] or not self.tally["refused"]:
            sys.exit(f"fault-test: failed: hardly anything was tried: {dict(self.tally)}")
        tally = self.tally
        print(
            f"fault-test: {tally.total()} faults, none wrong: {tally['refused']} refused by name, {tally['right']} without "
            f"effect on the result, {tally['ended']} ended for want of memory, {tally['lost']} without an answer to one request, "
            f"{tally['not reached']} not reached again; "
            f"{self.skipped} more in the whole"
        )


def run(scenario, bench, pool, options, caches, seconds, counts):
    """Every fault of a scenario, as far as the time lets, which begins after the clean runs."""
    clean = bench.clean(scenario, caches)
    until = time.monotonic() + seconds
    if scenario is SCENARIOS[0]:
        prove_detector(clean.stdout)
    role, _, call = options.only.partition(":")
    faults = [one for one in faults_of(clean.counts) if role in ("", one[0]) and call in ("", one[1])]
    waiting, left, before = set(), collections.deque(faults), counts.tally.total()
    while left or waiting:
        while left and len(waiting) < 2 * options.jobs and time.monotonic() < until:
            waiting.add(pool.submit(work, scenario.name, clean, left.popleft()))
        if not waiting:
            break
        done, waiting = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
        for future in done:
            fault, word, mistake = future.result()
            counts.add(scenario, fault, word, mistake)
    counts.skipped += len(left)
    roles = collections.Counter()
    for (role, _), count in clean.counts.items():
        roles[role] += count
    told = ", ".join(f"{role} {count}" for role, count in roles.items())
    print(f"   {scenario.name}: {counts.tally.total() - before} of {len(faults)} faults; calls of {told}", flush=True)


def main():
    parser = argparse.ArgumentParser(prog="fault-test", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, help="spread over the scenarios; without it, every fault")
    parser.add_argument("--only", default="", metavar="ROLE[:CALL]", help="only the calls of these processes, or this one")
    parser.add_argument("--scenario", action="append", choices=[scenario.name for scenario in SCENARIOS])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("command", nargs="?", metavar="SANDERLING", default=".build/release/sanderling")
    options = parser.parse_args()
    if platform.machine() != "x86_64":
        print("fault-test: skipped: it knows the registers of x86_64 alone")
        return
    random.seed(options.seed)
    names = call_names()
    if not names:
        sys.exit("fault-test: no asm/unistd_64.h: install linux-libc-dev")
    command = os.path.abspath(options.command)
    signal.signal(signal.SIGALRM, on_alarm)
    scenarios = [one for one in SCENARIOS if not options.scenario or one.name in options.scenario]
    begun, counts = time.monotonic(), Counts(options.verbose)
    context = multiprocessing.get_context("fork")
    made = context.SimpleQueue()
    bench = Bench(command, names)
    pool = concurrent.futures.ProcessPoolExecutor(options.jobs, context, begin, (command, names, made))
    with pool, tempfile.TemporaryDirectory(prefix="sanderling-fault-caches-") as caches:
        for index, scenario in enumerate(scenarios):
            # What one takes too long the others have less, but none has nothing.
            left = begun + options.seconds - time.monotonic() if options.seconds else float("inf")
            share = scenario.weight / sum(one.weight for one in scenarios[index:])
            run(scenario, bench, pool, options, caches, max(1, left * share), counts)
    while not made.empty():
        path = made.get()
        # A worker that has just ended is in it for a moment yet.
        for _ in range(100):
            with contextlib.suppress(OSError):
                os.rmdir(path)
            if not os.path.exists(path):
                break
            time.sleep(0.05)
    counts.conclude()


if __name__ == "__main__":
    main()
