"""The plot: bars of p50 with a line to p99, on logarithmic axes, as an SVG that follows the reader's light or dark."""

import math
from html import escape

from figures import number

WIDTH, LEFT, RIGHT, BAR, GAP = 860, 260, 80, 16, 6

STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.heading { font-weight: 600; font-size: 15px }
.faint { fill: #59636e; font-size: 12px }
.grid { stroke: #d1d9e0; stroke-width: 1 }
.other { fill: #8b949e }
.own { fill: #0969da }
.tail { stroke: #1f2328; stroke-width: 1.5 }
.background { fill: #ffffff }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc }
  .faint { fill: #9198a1 }
  .grid { stroke: #3d444d }
  .other { fill: #6e7681 }
  .own { fill: #4493f8 }
  .tail { stroke: #f0f6fc }
  .background { fill: #0d1117 }
}"""

# The panels: a row, its title, and whether its figures have a place there.
PANELS = (
    (1, "One-shot from the shell, ms", lambda metric: True),
    (2, "Warm through the library, ms", lambda metric: metric.endswith(", ms")),
    (3, "Executions a second and core (more is better)", lambda metric: metric.endswith("per core")),
    (4, "Steady state, ms", lambda metric: metric.endswith(", ms")),
    (7, "Compile and run, ms", lambda metric: True),
)


# What the README shows of them.
HEADLINES = (
    (1, "From the shell, ms", lambda metric: metric.startswith("Python")),
    (2, "In a sandbox that is kept, ms", lambda metric: metric in ("Python, ms", "native, ms")),
)


def plot(figures, panels=PANELS):
    """The plot of the rows that have one."""
    parts = ['<text class="faint" x="16" y="22">Bars: p50; lines: to p99; logarithmic axes. Blue: Sanderling.</text>']
    top = 40
    for row, title, belongs in panels:
        if chosen := [f for f in figures if f.row == row and f.p50 and belongs(f.metric)]:
            panel, top = draw(chosen, title, top)
            parts += panel
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" width="{WIDTH}" height="{top}" role="img">\n'
        f"<title>Sanderling beside the field</title>\n<style>\n{STYLE}\n</style>\n"
        f'<rect class="background" width="{WIDTH}" height="{top}"/>\n{body}\n</svg>\n'
    )


def draw(figures, title, top):
    """The elements of one panel, and where the next begins."""
    low = 10 ** math.floor(math.log10(min(min(f.p50, f.p99) for f in figures)))
    high = 10 ** math.ceil(math.log10(max(f.p99 for f in figures) * 1.0001))
    span = WIDTH - LEFT - RIGHT

    def place(value):
        return LEFT + span * (math.log10(max(value, low)) - math.log10(low)) / (math.log10(high) - math.log10(low))

    parts = [f'<text class="heading" x="16" y="{top + 14}">{escape(title)}</text>']
    begin = top = top + 30
    bars = []
    for metric in dict.fromkeys(f.metric for f in figures):
        bars.append(f'<text x="16" y="{top + 13}">{escape(metric.rsplit(", ", 1)[0])}</text>')
        for f in sorted((f for f in figures if f.metric == metric), key=lambda f: f.p50):
            kind = "own" if f.subject.startswith("sanderling") else "other"
            middle = top + BAR / 2
            name = f'<text class="faint" x="{LEFT - 8}" y="{top + 13}" text-anchor="end">{escape(f.subject)}</text>'
            bars.append(name)
            bars.append(f'<rect class="{kind}" x="{LEFT}" y="{top}" width="{place(f.p50) - LEFT:.1f}" height="{BAR}"/>')
            bars.append(f'<path class="tail" d="M{place(f.p50):.1f} {middle}H{place(f.p99):.1f}m0 -4v8"/>')
            bars.append(
                f'<text class="faint" x="{place(max(f.p50, f.p99)) + 6:.1f}" y="{top + 13}">{number(f.p50)}</text>'
            )
            top += BAR + GAP
        top += 10
    for power in range(round(math.log10(low)), round(math.log10(high)) + 1):
        x = place(10.0**power)
        parts.append(f'<path class="grid" d="M{x:.1f} {begin - 4}V{top - 6}"/>')
        parts.append(f'<text class="faint" x="{x:.1f}" y="{top + 8}" text-anchor="middle">{10.0**power:g}</text>')
    return parts + bars, top + 34
