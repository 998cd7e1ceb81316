"""Which attacks get through, and which checks fail, without which walls."""

import collections
import concurrent.futures
import json
import subprocess
import sys
import threading

from machine import GROUP, attempt, hold

# Those that the test build can leave out.
WALLS = (
    "mount_namespace user_namespace pid_namespace network_namespace ipc_namespace uts_namespace cgroup_namespace "
    "capabilities no_new_privileges seccomp landlock resource_limits memory_limit process_limit cpu_time_limit "
    "init_protection collection guard verdict escaping capture disk_limit cache"
).split()
CALLERS = ("root", "user")
# Those that hold an ordinary user's programs above all: whose init has the program's own id, and whose pipes are its own.
OF_USERS = ("init_protection", "capture")
# Of the checks beside this directory, those of walls.
CHECKS = "|".join(
    """there_is_no_network nothing_can_be_written_outside the_host_is_not_seen refused_calls_are_recorded
    the_program_has_no_privilege landlock_holds_the_program init_can_neither_be_signalled_nor_read
    a_memory_bomb_is_stopped a_fork_bomb_is_stopped the_processor_clock_ends_a_busy too_large_a_file_is a_refused_import_is files_are_collected_into""".split()
)
# Attacks of a wall that are run before those of the next.
FIRST = 8
# Attacks that one machine is given.
SHARE = 3 * GROUP
MARKS = {"contained": ".", "not_contained": "x", "skipped": "s"}
NOTHING = {"attacks": {}, "checks": {}}


def refused(record):
    """Whether there was no sandbox for the attack: that is no harm that it did, unless it kept init from answering."""
    reason = record["reason"] or ""
    return "it could not be run" in reason and "did not answer in time" not in reason


def ran(record):
    """Whether there was a sandbox for the attack, and its language."""
    return record["outcome"] != "skipped" and not refused(record)


def breached(record):
    """Whether an attack got through; that the machine is slow is no harm that the attack did."""
    said = [part for part in (record["reason"] or "").split("; ") if "the program that ran next took" not in part]
    return record["outcome"] == "not_contained" and ran(record) and any(said)


def commit():
    said = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True)
    return said.stdout.strip() or "unknown"


def others(walls, wall):
    return tuple(each for each in walls if each != wall)


class Matrix:
    """What was seen, kept in a file as it comes."""

    def __init__(self, directory, cases, chosen, machines=1):
        """The image is in `directory`, of which so many `machines` run at once; `cases` are the catalogue's; only the `chosen`
        sets of walls are tried, if any."""
        self.directory = directory
        self.cases = cases
        self.chosen = chosen
        self.machines = machines
        self.file = directory / "results.json"
        # What is kept of compiled programs is only there on the warm path.
        self.warm = {name for name, case in cases.items() if "cache" in case["walls"]}
        # What this run has given a machine, in threes of caller, walls and attack.
        self.given = set()
        self.seen = json.loads(self.file.read_text()) if self.file.exists() else {"kernel": "", "callers": {}}
        # What is seen from now on is seen at this one.
        self.commit = commit()
        # Of all that is kept.
        self.lock = threading.Lock()
        self.single, self.joint = collections.defaultdict(list), collections.defaultdict(list)
        for name, case in cases.items():
            if not case["together"]:
                for wall in case["walls"]:
                    self.single[wall].append(name)
            elif set(case["walls"]) <= set(WALLS):
                self.joint[tuple(sorted(case["walls"]))].append(name)

    def fill(self):
        """Boots for each wall, for each set of walls, and with every wall up for what has got through.

        First with some attacks for each, then with the others: a run that is cut short has seen something of every wall.
        """
        hold(self.directory)
        for count in (FIRST, None):
            singles = [((wall,), self.single[wall][:count], "root") for wall in WALLS]
            self.run(singles + [((wall,), self.single[wall][:count], "user") for wall in OF_USERS])
            unmissed = [(wall,) for wall in WALLS if not self.through((wall,))]
            self.check(unmissed + [()] if unmissed else [])
            self.compare()
            joint = [(walls, names, "root") for walls, names in sorted(self.joint.items())]
            self.run(joint + [(walls, names, "user") for walls, names, _ in joint if "init_protection" in walls])
            self.compare()
            # Does an attack that gets through without several walls need this one to be among them?
            self.run(
                (others(walls, wall), self.through(walls), caller)
                for wall in WALLS
                for walls in sorted(self.joint)
                for caller in CALLERS
                if wall in walls and not (self.through((wall,)) or self.failed((wall,)))
            )

    def compare(self):
        """Runs what has got through with every wall up: if it does so again, it proves nothing."""
        whole = []
        for caller in CALLERS:
            found = self.seen["callers"].get(caller, {}).values()
            whole.append(((), sorted({n for each in found for n, r in each["attacks"].items() if breached(r)}), caller))
        self.run(whole)

    def run(self, orders):
        """Runs what has not been run yet of the attacks of each order: the walls to leave out, attacks, and the caller."""
        shares = []
        for walls, names, caller in orders:
            missing = self.missing(walls, names, caller)
            shares += [(walls, missing[at : at + SHARE], caller) for at in range(0, len(missing), SHARE)]
        self.share(self.give, shares)

    def check(self, sets):
        """Runs the checks without each of these sets of walls, unless they have been run."""
        sets = [walls for walls in sets if self.wanted(walls) and not self.known(walls, "root")["checks"]]
        self.share(lambda walls: self.attempt(walls, [], CHECKS, "root"), [(walls,) for walls in sets])

    def share(self, work, orders):
        """Does `work` for each order, on as many machines as there are."""
        with concurrent.futures.ThreadPoolExecutor(self.machines) as pool:
            for done in [pool.submit(work, *order) for order in orders]:
                done.result()

    def wanted(self, walls):
        return not self.chosen or ("+".join(walls) or "none") in self.chosen

    def known(self, walls, caller):
        """What was seen without these walls."""
        callers = self.seen["callers"].setdefault(caller, {})
        return callers.setdefault("+".join(walls) or "none", {"attacks": {}, "checks": {}})

    def missing(self, walls, names, caller):
        """Those of the attacks that have not been run yet without these walls; they are counted as given from here on."""
        # What there was no sandbox for the last time is given one more try each time that this is begun.
        settled = {name for name, record in self.known(walls, caller)["attacks"].items() if not refused(record)}
        missing = [name for name in names if name not in settled and (caller, walls, name) not in self.given]
        self.given |= {(caller, walls, name) for name in missing}
        return missing if self.wanted(walls) else []

    def give(self, walls, names, caller):
        """Gives a machine attacks, and those that there was no sandbox for once more."""
        # Where collecting waits for ever, only the attack that has it wait is to hang.
        self.attempt(walls, names, "", caller, size=1 if "collection" in walls else GROUP)
        # What runs at once disturbs each other where all of it has the host's own directories.
        known = self.known(walls, caller)["attacks"]
        if left := [name for name in names if name in known and refused(known[name])]:
            self.attempt(walls, left, "", caller, size=1)

    def attempt(self, walls, names, checks, caller, **options):
        """Runs attacks and checks, and keeps what comes of them."""
        known, marks = self.known(walls, caller), ""
        for kind, value in attempt(self.directory, walls, names, checks, caller, self.warm, **options):
            with self.lock:
                if kind == "kernel":
                    self.seen["kernel"] = value
                elif kind == "case":
                    known["attacks"][value["id"]] = value | {"commit": self.commit}
                    marks += MARKS[value["outcome"]]
                elif kind == "check":
                    known["checks"][value["name"]] = value["passed"]
                self.file.write_text(json.dumps(self.seen, indent=1))
        what = marks or f"{len(known['checks'])} checks"
        print(f"sabotage: as {caller}, without {'+'.join(walls) or 'none'}: {what}", file=sys.stderr, flush=True)

    @property
    def commits(self):
        """Those at which attacks were run, the most frequent first."""
        found = [each for of in self.seen["callers"].values() for each in of.values()]
        return [name for name, _ in collections.Counter(r["commit"] for f in found for r in f["attacks"].values()).most_common()]

    def outcomes(self, walls):
        """What came of the attacks and checks without these walls, for every caller."""
        return [self.seen["callers"].get(caller, {}).get("+".join(walls) or "none", NOTHING) for caller in CALLERS]

    def tried(self, walls):
        """Attacks that were run without these walls."""
        attacks = [found["attacks"] for found in self.outcomes(walls)]
        return {name for each in attacks for name, record in each.items() if ran(record)}

    def refused(self, walls):
        """Attacks that there was no sandbox for without these walls."""
        attacks = [found["attacks"] for found in self.outcomes(walls)]
        return {name for each in attacks for name, record in each.items() if refused(record)}

    def skipped(self, walls):
        """Attacks that could not be run without these walls, as their language is not there."""
        attacks = [found["attacks"] for found in self.outcomes(walls)]
        return {name for each in attacks for name, record in each.items() if record["outcome"] == "skipped"}

    def through(self, walls):
        """Attacks that get through without these walls, and do not with them."""
        return sorted(
            {
                name
                for found, whole in zip(self.outcomes(walls), self.outcomes(()))
                for name, record in found["attacks"].items()
                if breached(record) and not (name in whole["attacks"] and breached(whole["attacks"][name]))
            }
        )

    def failed(self, walls):
        """Checks that fail without these walls, and do not with them."""
        return sorted(
            name
            for found, whole in zip(self.outcomes(walls), self.outcomes(()))
            for name, passed in found["checks"].items()
            if not passed and whole["checks"].get(name)
        )

    def in_company(self, wall):
        """Attacks that get through without this wall and others, and not without the others alone; with those others."""
        for walls in sorted(self.joint):
            if wall in walls and len(walls) > 1:
                rest = others(walls, wall)
                held = self.tried(rest) - set(self.through(rest))
                for name in self.through(walls):
                    if name in held:
                        yield name, rest

    @property
    def caught(self):
        """Walls whose absence an attack or a check shows."""
        return [w for w in WALLS if self.through((w,)) or self.failed((w,)) or any(self.in_company(w))]
