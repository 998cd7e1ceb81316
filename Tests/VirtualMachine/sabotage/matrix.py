"""Which attacks get through, and which checks fail, without which walls."""

import collections
import json
import sys

from machine import GROUP, attempt

# Those that the test build can leave out.
WALLS = (
    "mount_namespace user_namespace pid_namespace network_namespace ipc_namespace uts_namespace cgroup_namespace "
    "capabilities no_new_privileges seccomp landlock resource_limits memory_limit process_limit cpu_time_limit "
    "init_protection collection guard verdict escaping capture disk_limit cache"
).split()
CALLERS = ("root", "user")
# Of the checks beside this directory, those of walls.
CHECKS = "|".join(
    """there_is_no_network nothing_can_be_written_outside the_host_is_not_seen refused_calls_are_recorded
    the_program_has_no_privilege landlock_holds_the_program init_can_neither_be_signalled_nor_read
    a_memory_bomb_is_stopped a_fork_bomb_is_stopped the_processor_clock_ends_a_busy too_large_a_file_is a_refused_import_is files_are_collected_into""".split()
)
# Attacks of a wall that are run before those of the next.
FIRST = 8
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


def others(walls, wall):
    return tuple(each for each in walls if each != wall)


class Matrix:
    """What was seen, kept in a file as it comes."""

    def __init__(self, directory, cases, chosen):
        """The image is in `directory`; `cases` are the catalogue's; only the `chosen` sets of walls are tried, if any."""
        self.directory = directory
        self.cases = cases
        self.chosen = chosen
        self.file = directory / "results.json"
        # What is kept of compiled programs is only there on the warm path.
        self.warm = {name for name, case in cases.items() if "cache" in case["walls"]}
        # What this run has given a machine, in threes of caller, walls and attack.
        self.given = set()
        self.seen = json.loads(self.file.read_text()) if self.file.exists() else {"kernel": "", "callers": {}}
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
        for count in (FIRST, None):
            for wall in WALLS:
                self.run((wall,), self.single[wall][:count])
            # An ordinary user's init has the program's own id: only there does much depend on its protection.
            self.run(("init_protection",), self.single["init_protection"], "user")
            for wall in WALLS:
                if not self.through((wall,)):
                    self.run((wall,), [], checks=CHECKS)
                    self.run((), [], checks=CHECKS)
            self.compare()
            for walls, names in sorted(self.joint.items()):
                self.run(walls, names)
                if "init_protection" in walls:
                    self.run(walls, names, "user")
            self.compare()
            # Does an attack that gets through without several walls need this one to be among them?
            for wall in WALLS:
                for walls in sorted(self.joint):
                    if wall in walls and not (self.through((wall,)) or self.failed((wall,))):
                        for caller in CALLERS:
                            self.run(others(walls, wall), self.through(walls), caller)

    def compare(self):
        """Runs what has got through with every wall up: if it does so again, it proves nothing."""
        for caller in CALLERS:
            found = self.seen["callers"].get(caller, {}).values()
            names = {name for each in found for name, record in each["attacks"].items() if breached(record)}
            self.run((), sorted(names), caller)

    def run(self, walls, names, caller="root", checks=""):
        """Runs what has not been run yet without these walls."""
        key = "+".join(walls) or "none"
        if self.chosen and key not in self.chosen:
            return
        known = self.seen["callers"].setdefault(caller, {}).setdefault(key, {"attacks": {}, "checks": {}})
        # What there was no sandbox for the last time is given one more try each time that this is begun.
        settled = {name for name, record in known["attacks"].items() if not refused(record)}
        missing = [name for name in names if name not in settled and (caller, key, name) not in self.given]
        self.given |= {(caller, key, name) for name in names}
        checks = "" if known["checks"] else checks
        if not missing and not checks:
            return
        what = f"{len(missing)} attacks" + (", and checks" if checks else "")
        print(f"sabotage: as {caller}, without {key}: {what}", file=sys.stderr, flush=True)
        # Where collecting waits for ever, only the attack that has it wait is to hang.
        self.attempt(known, walls, missing, checks, caller, size=1 if "collection" in walls else GROUP)
        # What runs at once disturbs each other where all of it has the host's own directories.
        left = [name for name in missing if name in known["attacks"] and refused(known["attacks"][name])]
        if left:
            self.attempt(known, walls, left, "", caller, size=1)

    def attempt(self, known, walls, names, checks, caller, **options):
        """Runs attacks and checks, and keeps what comes of them."""
        for kind, value in attempt(self.directory, walls, names, checks, caller, self.warm, **options):
            if kind == "kernel":
                self.seen["kernel"] = value
            elif kind == "case":
                known["attacks"][value["id"]] = value
            elif kind == "check":
                known["checks"][value["name"]] = value["passed"]
            self.file.write_text(json.dumps(self.seen, indent=1))

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
