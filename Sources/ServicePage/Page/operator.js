// The operator's page: what the service's figures say, live.

import * as api from "./api.js";
import { LiveChart } from "./chart.js";
import { byId, draw, make } from "./dom.js";
import { count, duration, percent, rate, size, words } from "./format.js";
import { askForKey } from "./key.js";
import { growth, percentile, Scrape } from "./metrics.js";
import { kind } from "./verdict.js";

const PERIOD = 2_000;
const KEPT = 5 * 60_000;
/** As long as there is less to show, charts begin later than that. */
const SHORTEST = 60_000;
/** Percentiles are those of so much time before each point: long enough to count something. */
const WINDOW = 20_000;

const PERCENTILES = [["p50", 0.5], ["p90", 0.9], ["p99", 0.99]];

/** The operator's page, which asks for figures while it is open. */
export class Operator {
  #scrapes = [];
  #timer = null;
  #abort = null;
  #paused = false;
  #lastHealth = 0;
  #tiles = make("dl", { class: "tiles" });
  #verdicts = make("ul", { class: "bars" });
  #languages = make("ul", { class: "bars" });
  #problem = make("div", { class: "problem", role: "alert", hidden: true });
  #charts = {
    throughput: new LiveChart("Throughput", rate, { note: "a second" }),
    run: new LiveChart("Run time", duration, { least: 0.01, note: "real time of programs" }),
    wait: new LiveChart("Time in the queue", duration, { least: 0.001, note: "from acceptance to start" }),
    http: new LiveChart("Answers", duration, { least: 0.01, note: "time to an answer’s head" }),
    queue: new LiveChart("Queue", count, { least: 5, note: "submissions" }),
    pool: new LiveChart("Pool", count, { least: 5, note: "cells" }),
  };

  constructor() {
    byId("operator-content").append(
      this.#problem,
      this.#tiles,
      make("div", { class: "charts" }, Object.values(this.#charts).map((chart) => chart.element)),
      make(
        "div",
        { class: "charts" },
        make("section", { class: "block" }, make("h2", {}, "Verdicts"), this.#verdicts),
        make("section", { class: "block" }, make("h2", {}, "Languages"), this.#languages),
      ),
    );
    byId("pause").addEventListener("click", () => this.#pause());
  }

  open() {
    if (!this.#paused) this.#follow();
  }

  close() {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#timer = null;
  }

  #pause() {
    this.#paused = !this.#paused;
    byId("pause").setAttribute("aria-pressed", this.#paused);
    if (this.#paused) this.close();
    else this.#follow();
  }

  async #follow() {
    this.close();
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const text = await api.metrics(abort.signal);
      this.#problem.hidden = true;
      const scrape = new Scrape(text, Date.now());
      this.#scrapes = this.#scrapes.filter(({ time }) => time > scrape.time - KEPT - WINDOW);
      this.#scrapes.push(scrape);
      this.#show();
      this.#askHealth();
    } catch (problem) {
      if (abort.signal.aborted) return;
      this.#tell(problem);
    }
    if (!abort.signal.aborted) this.#timer = setTimeout(() => this.#follow(), PERIOD);
  }

  #tell(problem) {
    if (problem.code === "forbidden" || problem.code === "unauthenticated") {
      this.close();
      const ask = async () => {
        if (await askForKey("metrics", "Figures are for a key with the scope admin, or the operator’s token.")) this.#follow();
      };
      this.#abort?.abort();
      this.#problem.replaceChildren(
        make("p", {}, "These figures are the operator’s: they need a key with the scope ", make("code", {}, "admin"), ", or the metrics token."),
        make("button", { type: "button", onclick: ask }, "Give one"),
      );
    } else {
      this.#problem.replaceChildren(make("p", {}, problem.message));
    }
    this.#problem.hidden = false;
  }

  async #askHealth() {
    if (Date.now() - this.#lastHealth < 10_000) return;
    this.#lastHealth = Date.now();
    const place = byId("health");
    try {
      const report = await api.health();
      place.className = `health ${report.healthy ? "ok" : "fault"}`;
      const walls = report.missing.length ? `without ${report.missing.map(words).join(", ")}` : "behind every wall";
      const text = report.healthy ? `Healthy: programs run ${walls}` : `Not healthy: ${report.problem}`;
      if (place.textContent !== text) place.textContent = text;
    } catch {
      place.className = "health fault";
      place.textContent = "The service cannot be reached";
    }
  }

  /** The latest scrape that is at least a window older than the one at `place`, or the first. */
  #before(place) {
    const time = this.#scrapes[place].time - WINDOW;
    const found = this.#scrapes.findLastIndex((scrape) => scrape.time <= time);
    return this.#scrapes[Math.max(0, found)];
  }

  #line(name, value) {
    return { name, values: this.#scrapes.map((scrape, place) => ({ time: scrape.time, value: value(scrape, place) })) };
  }

  #rates(name, counter, fits) {
    return this.#line(name, (scrape, place) => (place ? growth(this.#scrapes[place - 1], scrape, counter, fits) : null));
  }

  #percentiles(histogram) {
    return PERCENTILES.map(([name, share]) =>
      this.#line(name, (scrape, place) => (place ? percentile(this.#before(place), scrape, histogram, share) : null)),
    );
  }

  #show() {
    const now = this.#scrapes.at(-1);
    const { throughput, run, wait, http, queue, pool } = this.#charts;
    const lines = new Map([
      [throughput, [this.#rates("programs", "sanderling_executions_total"), this.#rates("not ok", "sanderling_executions_total", ({ verdict }) => verdict !== "ok")]],
      [run, this.#percentiles("sanderling_execution_duration_seconds")],
      [wait, this.#percentiles("sanderling_queue_time_seconds")],
      [http, this.#percentiles("sanderling_http_duration_seconds")],
      [queue, [this.#line("waiting", (scrape) => scrape.sum("sanderling_queue_waiting")), this.#line("running", (scrape) => scrape.sum("sanderling_running"))]],
      [pool, [this.#line("ready", (scrape) => scrape.sum("sanderling_cells_ready"))]],
    ]);
    const span = Math.min(KEPT, Math.max(SHORTEST, now.time - this.#scrapes[0].time));
    for (const [chart, values] of lines) chart.show(values, now.time - span, now.time);
    this.#showTiles(now, lines.get(throughput)[0].values.at(-1).value, lines.get(run)[2].values.at(-1).value);
    showBars(this.#verdicts, now.by("sanderling_executions_total", "verdict"), kind);
    showBars(this.#languages, now.by("sanderling_executions_total", "language").slice(0, 12), () => "accent");
  }

  #showTiles(now, perSecond, slowest) {
    const waiting = now.sum("sanderling_queue_waiting");
    const taken = now.sum("sanderling_cells_taken_total");
    const ready = now.sum("sanderling_cells_taken_total", ({ ready: was }) => was === "true");
    const tiles = [
      ["Programs a second", perSecond === null ? "–" : rate(perSecond)],
      ["p99 of run time", slowest === null ? "–" : duration(slowest)],
      ["Running", count(now.sum("sanderling_running"))],
      ["Waiting", waiting ? `${count(waiting)} · ${size(now.sum("sanderling_queue_bytes"))}` : "0"],
      ["Found a cell ready", taken ? percent(ready / taken) : "–"],
      ["Programs so far", count(now.sum("sanderling_executions_total"))],
    ];
    this.#tiles.replaceChildren(...tiles.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
  }
}

/** Counts as bars, each with its share of all. */
function showBars(list, entries, kindOf) {
  const total = entries.reduce((sum, [, value]) => sum + value, 0);
  if (!total) {
    list.replaceChildren(make("li", { class: "silence" }, "Nothing has run yet."));
    return;
  }
  list.replaceChildren(
    ...entries.map(([name, value]) =>
      make(
        "li",
        { class: kindOf(name) },
        make("span", { class: "bar-name" }, words(name)),
        draw(
          "svg",
          { class: "bar", "aria-hidden": "true", width: "100%", height: "8" },
          draw("rect", { class: "bar-track", width: "100%", height: "8", rx: "4" }),
          draw("rect", { class: "bar-used", width: `${Math.max(1, (value / total) * 100)}%`, height: "8", rx: "4" }),
        ),
        make("b", {}, count(value)),
        make("small", {}, percent(value / total)),
      ),
    ),
  );
}
