"""The rows of the benchmark, one module each.

A module has `TITLE`, a sentence on what is compared, and `measure(bench)`, which returns the row's figures.
"""

from rows import accounting, compiling, memory, one_shot, over_http, overshoot, steady_state, throughput, warm

ROWS = {
    1: one_shot,
    2: warm,
    3: throughput,
    4: steady_state,
    5: overshoot,
    6: memory,
    7: compiling,
    8: accounting,
    9: over_http,
}
