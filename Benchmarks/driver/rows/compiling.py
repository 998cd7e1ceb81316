"""Row 7: compile and run, the first time and again."""

import os
import shlex
import shutil
import subprocess

import host
from figures import Figure, at_most, percentile

TITLE = "Compile and run"
ABOUT = (
    "A hello world through the library, from its source to its result, after `sanderling warm` of its language, which "
    "is done once on a host: `first` with a source that nothing has seen before, `again` with the same one. Beside it the bare toolchain with the same options in a directory of "
    "its own, and the compiled program alone. Ratio: `first` to `bare compile and run`, `again` to `bare run`."
)

# The bare command lines, with the options of Sanderling's own definitions and `out` for their output.
TOOLCHAINS = {
    "C++": ("cpp", "g++ -std=c++20 -O1 -o out hello.cpp -pthread", "./out"),
    "Rust": ("rust", "rustc --edition 2021 -A warnings -o out hello.rs", "./out"),
    "Go": ("go", "go build -o out hello.go", "./out"),
    "Java": (
        "java",
        "javac -J-XX:+UseSerialGC -J-XX:TieredStopAtLevel=1 -nowarn -d . Hello.java",
        "/usr/bin/java -XX:+UseSerialGC -cp . Hello",
    ),
}
VERSION_ARGUMENTS = {"g++": "-dumpfullversion", "rustc": "--version", "go": "version", "javac": "-version"}

QUANTITIES = {
    "sanderling first": ("first", "bare compile and run"),
    "sanderling again": ("again", "bare run"),
    "bare compile and run": ("bare compile and run", "bare compile and run"),
    "bare run": ("bare run", "bare run"),
}


def commands(bench):
    """The bare toolchains, each the very one that Sanderling takes."""
    versions, found = host.languages(bench.place.sanderling), {}
    for language, (name, compiler, program) in TOOLCHAINS.items():
        compiler, *options = shlex.split(compiler)
        path = executable(compiler, versions.get(name))
        if not path:
            bench.note(
                f"{language} is left out: no {compiler} has the version that Sanderling takes: {versions.get(name)}"
            )
            continue
        found[language] = {"compile": [path, *options], "run": shlex.split(program)}
        bench.show_command(language, "bare", f"{shlex.join([path, *options])} && {program}")
    return found


def executable(name, version):
    """The path of a compiler of this version, if there is one."""
    places = [os.path.join(place, name) for place in ["/usr/bin", *os.get_exec_path()]]
    if name == "rustc" and shutil.which(name):
        # What is on the PATH may be rustup, which is not the compiler itself.
        root = subprocess.run([name, "--print", "sysroot"], capture_output=True, text=True, check=False).stdout.strip()
        places.insert(1, os.path.join(root, "bin", name))
    for path in filter(os.path.exists, places):
        if version and version in host.said([path, VERSION_ARGUMENTS[name]]):
            return path
    return None


def measure(bench):
    figures = []
    for language in bench.inside[7]:
        name = f"7 compile and run {language}"
        times = {
            subject: [time / 1e6 for time in bench.harness.samples(name, quantity)]
            for subject, (quantity, _) in QUANTITIES.items()
        }
        p50 = {subject: percentile(samples, 50) for subject, samples in times.items()}
        goals = {}
        if language == "C++":
            share = p50["sanderling first"] / p50["bare compile and run"]
            goals["sanderling first"] = at_most("C++ hello, first: at most 0.6 of bare g++ and run", share, 0.6)
            limit = p50["bare run"] + 5
            text = "C++ hello, again: at most 5 ms more than running it"
            goals["sanderling again"] = at_most(text, p50["sanderling again"], limit, " ms")
        for subject, samples in times.items():
            ratio = p50[subject] / p50[QUANTITIES[subject][1]]
            figures.append(Figure.of(7, subject, f"{language}, ms", samples, ratio, goals.get(subject)))
    return figures
