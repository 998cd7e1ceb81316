"""docs/sabotage.md, from what was seen."""

import datetime

from matrix import WALLS, breached, refused

HEAD = """# Sabotage: what notices that a wall is missing

A test that passes with and without a wall says nothing of it. So `make test-vm` builds Sanderling a second time, with a switch
that leaves walls out, and runs the [catalogue of attacks](prove.md) against that in a virtual machine: now they must get
through. `scripts/sabotage-test` writes this page.

- A wall that is left out is not named as missing: the result claims full enforcement, as a defect would.
- Of the launcher nothing is changed; the linker gives it other system calls (`Sources/CSabotage`). Limits, the mount tree, the
  module guard and the rule of verdicts are left out where the host has them (`Sources/SandboxEngine/Sabotage`).
- The walls to leave out are named on the kernel's command line. A machine is booted once and kept as it was before anything
  ran; for each set of walls it goes on from there, that set on its command line. No other build has the switch:
  `scripts/linkage-test` looks for it in the release build, and {control}.
- Attacks run cold (those on the cache of compiled programs warm), as root, and as an ordinary user as well where init's
  protection or the capturing of output is left out. An interpreter that was started ahead confines its copies by code of its own
  (`Sources/sanderling-zygote`), which is not put to this test.
- An attack that also got through with every wall up is not counted, nor one that only made the next program slow, nor one
  that no sandbox could be made for.
"""


def listed(names):
    return ", ".join(f"`{name}`" for name in names) or "none"


def notice(matrix, wall):
    """What shows that a wall is missing."""
    if through := matrix.through((wall,)):
        return listed(through)
    if failed := matrix.failed((wall,)):
        return "the check " + ", ".join(f"“{name.replace('_', ' ')}”" for name in failed)
    for name, rest in matrix.in_company(wall):
        return f"with {listed(rest)} left out as well, and not with those alone: `{name}`"
    return "**nothing**"


def walls_table(matrix):
    yield "| Without | Attacks that name it | Got through | Which, or what else notices |"
    yield "| --- | --- | --- | --- |"
    for wall in WALLS:
        tried, through = matrix.tried((wall,)), matrix.through((wall,))
        yield f"| `{wall}` | {len(tried)} | {len(through)} | {notice(matrix, wall)} |"


def sets_table(matrix):
    yield "| Without all of | Attacks that name them | Got through | Which |"
    yield "| --- | --- | --- | --- |"
    for walls in sorted(matrix.joint):
        if tried := matrix.tried(walls):
            through = matrix.through(walls)
            names = ", ".join(f"`{wall}`" for wall in walls)
            yield f"| {names} | {len(tried)} | {len(through)} | {listed(through)} |"


def cell(reason):
    """A record's reason, short and without what would end a cell of a table."""
    return " ".join(reason.removeprefix("cold: ").replace("|", "\\|").split())[:160]


def what_was_found(records):
    """What speaks against containment, of the first of `records` that was not contained, for a cell of a table."""
    return cell(next(record["reason"] for record in records if breached(record)))


def said_of(matrix, name, sets):
    """What was said where no sandbox could be made for an attack, for a cell of a table."""
    records = [each["attacks"].get(name) for walls in sets for each in matrix.outcomes(walls)]
    return next(cell(record["reason"]) for record in records if record and refused(record))


# What this machine's kernel does not have.
BEYOND = {
    "next-mount-namespace": "it takes Linux 6.12; on Linux 6.18, outside of any sandbox, it got through",
}


def why_not(matrix, case):
    """Why an attack got through without any of the walls that it names."""
    name, walls = case["id"], case["walls"]
    sets = [tuple(sorted(walls))] if case["together"] else [(wall,) for wall in walls]
    if not any(set(each) <= set(WALLS) for each in sets):
        return "the test build cannot leave out " + ", ".join(f"`{wall}`" for wall in walls if wall not in WALLS)
    whole = [each["attacks"][name] for each in matrix.outcomes(()) if name in each["attacks"]]
    if any(breached(record) and record.get("known") for record in whole):
        return "it gets through with every wall up, as [SECURITY.md](../SECURITY.md#attacks-that-get-through) says"
    if any(breached(record) and "the verdict is wall_time_exceeded" in record["reason"] for record in whole):
        return "this machine is too slow for it: its time runs out with every wall up"
    if any(breached(record) for record in whole):
        return "it gets through on this machine with every wall up: " + what_was_found(whole)
    if not any(name in matrix.tried(each) for each in sets):
        if any(name in matrix.refused(each) for each in sets):
            return "no sandbox could be made for it without that: " + said_of(matrix, name, sets)
        return "its language is not on this machine" if any(name in matrix.skipped(each) for each in sets) else "not run"
    return BEYOND.get(name, "contained all the same: something else holds it here")


def never_table(matrix, never):
    yield "| Attack | Walls that it names | Why |"
    yield "| --- | --- | --- |"
    for name in never:
        case = matrix.cases[name]
        walls = (" and " if case["together"] else ", ").join(case["walls"])
        yield f"| `{name}` | {walls} | {why_not(matrix, case)} |"


def page(matrix, control):
    sets = [(wall,) for wall in WALLS] + sorted(matrix.joint)
    held = {name for walls in sets for name in matrix.through(walls)}
    never = sorted(set(matrix.cases) - held)
    unrun = sum(why_not(matrix, matrix.cases[name]) == "not run" for name in never)
    proof = "that was not booted this time"
    if control:
        proof = f"told to leave out every wall, that contained {control[0]} of {control[1]} attacks that it was given"
    lines = [
        HEAD.format(control=proof),
        f"{datetime.date.today()}, commit {', then '.join(matrix.commits)}, Linux {matrix.seen['kernel']} in a virtual machine: "
        f"{len(matrix.caught)} of {len(WALLS)} walls are missed by an attack or a check, and {len(held)} of "
        f"{len(matrix.cases)} attacks got through; {len(held & matrix.tried(()))} of these have been run with every wall up on "
        f"this machine as well, and were contained."
        + (f" {unrun} of the attacks below are not run yet, as that was cut short." if unrun else ""),
        "",
        "## One wall left out",
        "",
        *walls_table(matrix),
        "",
        "## Several left out together",
        "",
        "For attacks that any one of several walls holds by itself.",
        "",
        *sets_table(matrix),
        "",
        "## Attacks that got through under none",
        "",
        "They show that something else would have to be missing as well, or that a part of Sanderling's own holds them.",
        "",
        *never_table(matrix, never),
    ]
    return "\n".join(lines) + "\n"
