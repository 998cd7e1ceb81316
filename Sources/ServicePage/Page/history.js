// What the reader ran before, with filters.

import * as api from "./api.js";
import { byId, make, options } from "./dom.js";
import { ago, duration, moment, plural, words } from "./format.js";
import { visibleText } from "./text.js";
import { chip, STATES, VERDICTS } from "./verdict.js";

const FILTERS = ["state", "verdict", "language", "label"];
const REFRESH = 2_000;

/** The history, whose filters and page are those of its address. */
export class History {
  #filters = {};
  #abort = null;
  #timer = null;

  constructor(languages) {
    const any = ["", "any"];
    byId("filter-state").append(...options([any, ...STATES.map((state) => [state, words(state)])]));
    byId("filter-verdict").append(...options([any, ...VERDICTS.map((verdict) => [verdict, words(verdict)])]));
    byId("filter-language").append(...options([any]));
    languages.then((all) => {
      byId("filter-language").append(...options(all.map(({ name, display_name: words_ }) => [name, words_])));
      byId("filter-language").value = this.#filters.language ?? "";
    }, () => {});
    byId("filters").addEventListener("change", () => this.#apply());
    byId("filters").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#apply();
    });
    byId("filters").addEventListener("reset", () => setTimeout(() => this.#apply()));
  }

  open(query) {
    this.#filters = Object.fromEntries(query);
    for (const name of FILTERS) byId(`filter-${name}`).value = this.#filters[name] ?? "";
    this.#load();
  }

  close() {
    this.#abort?.abort();
    clearTimeout(this.#timer);
  }

  #apply() {
    const entries = FILTERS.map((name) => [name, byId(`filter-${name}`).value.trim()]).filter(([, value]) => value);
    if (this.#filters.batch) entries.push(["batch", this.#filters.batch]);
    location.hash = address(entries);
  }

  async #load() {
    this.close();
    const abort = new AbortController();
    this.#abort = abort;
    const list = byId("history-list");
    try {
      const page = await api.executions(this.#filters, abort.signal);
      list.replaceChildren(page.executions.length ? table(page.executions) : make("p", { class: "silence" }, this.#nothing()));
      const status = page.executions.length ? plural(page.executions.length, "program") : "no programs";
      if (byId("history-status").textContent !== status) byId("history-status").textContent = status;
      const { before, ...others } = this.#filters;
      byId("newest").hidden = !before;
      byId("newest").href = address(Object.entries(others));
      byId("older").hidden = !page.next;
      byId("older").href = address([...Object.entries(others), ["before", page.next]]);
      if (page.executions.some(({ state }) => state === "queued" || state === "running")) {
        this.#timer = setTimeout(() => this.#load(), REFRESH);
      }
    } catch (problem) {
      if (abort.signal.aborted) return;
      list.replaceChildren(make("p", { class: "problem", role: "alert" }, problem.message, problem.mend ? ` — ${problem.mend}` : ""));
    }
  }

  #nothing() {
    return Object.keys(this.#filters).length ? "Nothing fits these filters." : "Nothing has run yet.";
  }
}

/** The address of a page of the history. */
function address(entries) {
  const query = new URLSearchParams(entries);
  return `#/history${query.size ? `?${query}` : ""}`;
}

function table(executions) {
  return make(
    "table",
    { class: "runs" },
    make("caption", { class: "visually-hidden" }, "Programs, the latest first"),
    make("thead", {}, make("tr", {}, ["Program", "Verdict", "Time", "Label", "When"].map((name) => make("th", { scope: "col" }, name)))),
    make("tbody", {}, executions.map(row)),
  );
}

function row(record) {
  const created = new Date(record.created_at);
  const time = record.started_at && record.finished_at ? (new Date(record.finished_at) - new Date(record.started_at)) / 1000 : null;
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, make("a", { href: `#/executions/${record.id}` }, record.language, make("small", {}, ` …${record.id.slice(-6)}`))),
    make("td", {}, chip(record)),
    make("td", { class: "number" }, time === null ? "–" : duration(time)),
    make(
      "td",
      { class: "labels" },
      record.label ? make("bdi", {}, visibleText(record.label)) : null,
      record.batch ? make("a", { class: "batch", href: address([["batch", record.batch]]) }, "batch") : null,
    ),
    make("td", { class: "when" }, make("time", { datetime: record.created_at, title: moment(created) }, ago(created))),
  );
}
