"""Row 7: compile and run, the first time and again."""

import shlex
import shutil
import subprocess

from figures import Figure, at_most, percentile

TITLE = "Compile and run"
ABOUT = (
    "A hello world through the library, from its source to its result: `first` with a source that nothing has seen before, "
    "`again` with the same one. Beside it the bare toolchain with the same options in a directory of its own, and the "
    "compiled program alone. Ratio: `first` to `bare compile and run`, `again` to `bare run`."
)

# With the options of Sanderling's own definitions, `out` for their output.
TOOLCHAINS = {
    "C++": ("/usr/bin/g++ -std=c++20 -O1 -o out hello.cpp -pthread", "./out"),
    "Rust": ("rustc --edition 2021 -A warnings -o out hello.rs", "./out"),
    "Go": ("/usr/bin/go build -o out hello.go", "./out"),
    "Java": (
        "/usr/bin/javac -J-XX:+UseSerialGC -J-XX:TieredStopAtLevel=1 -nowarn -d . Hello.java",
        "/usr/bin/java -XX:+UseSerialGC -cp . Hello",
    ),
}

QUANTITIES = {
    "sanderling first": ("first", "bare compile and run"),
    "sanderling again": ("again", "bare run"),
    "bare compile and run": ("bare compile and run", "bare compile and run"),
    "bare run": ("bare run", "bare run"),
}


def commands(bench):
    """The bare toolchains that are there."""
    found = {}
    for language, (compiler, program) in TOOLCHAINS.items():
        if not shutil.which(compiler.split()[0]):
            bench.note(f"{language} is left out: there is no {compiler.split()[0]}")
            continue
        if language == "Rust":
            compiler = compiler.replace("rustc", rust_compiler(), 1)
        found[language] = {"compile": shlex.split(compiler), "run": shlex.split(program)}
        bench.show_command(language, "bare", f"{compiler} && {program}")
    return found


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


def rust_compiler():
    """The compiler itself where `rustc` on the PATH is rustup's stand-in, as Sanderling takes it."""
    root = subprocess.run(["rustc", "--print", "sysroot"], capture_output=True, text=True, check=True).stdout.strip()
    return f"{root}/bin/rustc"
