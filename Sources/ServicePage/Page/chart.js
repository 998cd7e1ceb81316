// Small charts, drawn as SVG. Colours come from the style sheet; lines also differ in their dashes and have their names
// beside them, so that none is told by its colour alone.

import { draw, make } from "./dom.js";
import { duration } from "./format.js";

/** Points of a path in a box of 100 by 100, whose greatest value is `top`. */
const path = (points, start, end, top) =>
  points
    .map(({ time, value }, place) => {
      const x = ((time - start) / (end - start)) * 100;
      return `${place ? "L" : "M"}${x.toFixed(2)} ${(100 - (value / top) * 100).toFixed(2)}`;
    })
    .join("");

/** A figure: a caption with what matters of it, and a drawing. */
function figure(title, note, description, drawing, ...more) {
  return make(
    "figure",
    { class: "chart" },
    make("figcaption", {}, make("span", {}, title), make("small", {}, note)),
    make("div", { class: "plot", role: "img", "aria-label": description }, drawing),
    ...more,
  );
}

const frame = (...content) =>
  draw("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" }, ...content);

/** One value over time, with its limit. */
export function area({ title, points, end, limit, format }) {
  const peak = Math.max(...points.map(({ value }) => value));
  const top = Math.max(peak, limit ?? 0, Number.MIN_VALUE) * 1.1;
  const line = path(points, 0, end, top);
  const level = limit ? 100 - (limit / top) * 100 : null;
  const note = `up to ${format(peak)}${limit ? ` of ${format(limit)}` : ""}`;
  return figure(
    title,
    note,
    `${title} over ${duration(end)}: ${note}`,
    frame(
      draw("path", { class: "fill", d: `${line}L${((points.at(-1).time / end) * 100).toFixed(2)} 100L0 100Z` }),
      draw("path", { class: "line", d: line }),
      level === null ? null : draw("line", { class: "ceiling", x1: 0, x2: 100, y1: level, y2: level }),
    ),
    make("p", { class: "axis", "aria-hidden": "true" }, make("span", {}, "0"), make("span", {}, duration(end))),
  );
}

/** The least round number that is not less: 1, 2 or 5 times a power of ten. */
function round(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value * 0.999);
}

/**
 * Lines over the last while, redrawn as values come.
 * `lines` are `{ name, values: [{ time, value }] }`; a value that is null breaks its line.
 */
export class LiveChart {
  #title;
  #format;
  #least;
  #plot = make("div", { class: "plot", role: "img" });
  #top = make("span");
  #start = make("span");
  #legend = make("ul", { class: "legend" });
  #note = make("small");
  element;

  constructor(title, format, { least = 1, note = "" } = {}) {
    this.#title = title;
    this.#format = format;
    this.#least = least;
    this.#note.textContent = note;
    this.element = make(
      "figure",
      { class: "chart live" },
      make("figcaption", {}, make("span", {}, title), this.#note),
      make("div", { class: "scale", "aria-hidden": "true" }, this.#top, make("span", {}, "0")),
      this.#plot,
      make("p", { class: "axis", "aria-hidden": "true" }, this.#start, make("span", {}, "now")),
      this.#legend,
    );
  }

  /** Draws lines from `start` to `end`, in milliseconds; what lies before is left out. */
  show(all, start, end) {
    const lines = all.map(({ name, values }) => ({ name, values: values.filter(({ time }) => time >= start) }));
    const values = lines.flatMap((line) => line.values.map(({ value }) => value ?? 0));
    const top = round(Math.max(this.#least, ...values));
    const drawings = lines.flatMap((line, place) =>
      pieces(line.values).map((points) =>
        draw("path", { class: `line line-${place}`, d: path(points.length > 1 ? points : [points[0], { ...points[0], time: points[0].time + 0.5 }], start, end, top) }),
      ),
    );
    this.#plot.replaceChildren(frame(draw("line", { class: "grid", x1: 0, x2: 100, y1: 50, y2: 50 }), ...drawings));
    this.#top.textContent = this.#format(top);
    this.#start.textContent = `${duration((end - start) / 1000)} ago`;
    const now = lines.map((line) => [line.name, line.values.findLast(({ value }) => value !== null)?.value ?? null]);
    const say = (value) => (value === null ? "–" : this.#format(value));
    this.#plot.setAttribute("aria-label", `${this.#title}: ${now.map(([name, value]) => `${name} ${say(value)}`).join(", ")}`);
    this.#legend.replaceChildren(
      ...now.map(([name, value], place) =>
        make(
          "li",
          {},
          draw("svg", { class: "key", width: "18", height: "8", "aria-hidden": "true" }, draw("line", { class: `line line-${place}`, x1: 0, x2: 18, y1: 4, y2: 4 })),
          make("span", {}, name),
          make("b", {}, say(value)),
        ),
      ),
    );
  }
}

/** The stretches of a line between values that are not known. */
function pieces(values) {
  const found = [[]];
  for (const point of values) {
    if (point.value !== null) found.at(-1).push(point);
    else if (found.at(-1).length) found.push([]);
  }
  return found.filter((points) => points.length);
}
