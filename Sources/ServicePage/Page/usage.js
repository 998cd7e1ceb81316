// What was consumed, as bars against the limits, and over time.

import { area } from "./chart.js";
import { draw, make } from "./dom.js";
import { count, duration, percent, size, words } from "./format.js";

const ROWS = [
  ["wall_time", "Time", duration],
  ["cpu_time", "Processor", duration],
  ["memory", "Memory", size],
  ["processes", "Processes", count],
  ["output", "Output", size],
  ["disk", "Disk", size],
];

/** Bars of what a result used of each limit. */
export function usage({ result, capped }) {
  // A program that does not compile used nothing; its compiler did.
  const stage = result.verdict === "compile_failed" && result.compile ? "compile" : "run";
  const { usage: used, limits } = stage === "run" ? result : result.compile;
  const hits = new Set((stage === "run" ? result.limits_hit : [result.compile.limit_exceeded].filter(Boolean)).map((hit) => hit.limit));
  return make(
    "section",
    { class: "block usage" },
    make("h2", {}, stage === "run" ? "Usage" : "The compiler’s usage"),
    make("ul", {}, ROWS.map(([name, title, format]) => {
      const cap = capped.find((one) => one.limit === name && one.stage === stage);
      return row(title, used[name], limits[name], format, hits.has(name), cap);
    })),
  );
}

function row(title, used, limit, format, isHit, cap) {
  const share = Math.min(1, limit ? used / limit : 0);
  return make(
    "li",
    { class: isHit || share >= 1 ? "hit" : null },
    make("span", { class: "usage-name" }, title),
    bar(share),
    make("span", { class: "usage-value" }, make("b", {}, format(used)), ` of ${format(limit)}`),
    cap ? make("small", { class: "usage-note" }, `asked for ${format(cap.requested)}; ${format(cap.applied)} is the most here`) : null,
  );
}

function bar(share) {
  return draw(
    "svg",
    { class: "bar", "aria-hidden": "true", width: "100%", height: "8" },
    draw("rect", { class: "bar-track", width: "100%", height: "8", rx: "4" }),
    // A trace of something is not nothing.
    share > 0 ? draw("rect", { class: "bar-used", width: `${Math.max(1.2, share * 100)}%`, height: "8", rx: "4" }) : null,
  );
}

/** Memory and processor over time, where the program ran long enough for readings that say something. */
export function timeline({ result }) {
  const readings = result.samples.toSorted((one, other) => one.time - other.time);
  // The last reading of a program that was killed is of what the kill left.
  const samples = result.signal === null ? readings : readings.slice(0, -1);
  if (samples.length < 3) return null;
  const end = samples.at(-1).time;
  const memory = samples.map(({ time, memory: value }) => ({ time, value }));
  const processor = smoothed(samples, end);
  return make(
    "section",
    { class: "block timeline" },
    make("h2", {}, "Over time"),
    make(
      "div",
      { class: "pair" },
      area({ title: "Memory", points: memory, end, limit: result.limits.memory, format: size }),
      area({ title: "Processor", points: processor, end, limit: result.limits.cpu_share, format: percent }),
    ),
  );
}

/** The share of a processor between readings, of which at most eighty are told apart. */
function smoothed(samples, end) {
  const points = [];
  let before = { time: 0, cpu_time: 0 };
  for (const sample of samples) {
    const time = sample.time - before.time;
    if (time < end / 80 || time === 0) continue;
    const value = Math.max(0, sample.cpu_time - before.cpu_time) / time;
    if (!points.length) points.push({ time: 0, value });
    points.push({ time: sample.time, value });
    before = sample;
  }
  return points;
}

/** The limits that were reached, whatever the verdict. */
export function limitsHit(result) {
  const others = result.limits_hit.filter((hit) => hit.evidence.value !== result.evidence?.value);
  if (!others.length) return null;
  return make(
    "section",
    { class: "block" },
    make("h2", {}, "Limits that were reached"),
    make("ul", {}, others.map((hit) => make("li", {}, words(hit.limit), " ", make("code", {}, `${hit.evidence.source}: ${hit.evidence.value}`)))),
  );
}
