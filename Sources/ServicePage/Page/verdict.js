// A verdict in words, with what proves it.

import { make } from "./dom.js";
import { duration, plural, words } from "./format.js";
import { visibleText } from "./text.js";

/** The kind of each ending, which decides its colour; docs/verdicts.md has the table. */
const KINDS = {
  ok: "ok",
  wall_time_exceeded: "clock",
  cpu_time_exceeded: "clock",
  memory_exceeded: "limit",
  process_limit_exceeded: "limit",
  output_limit_exceeded: "limit",
  disk_limit_exceeded: "limit",
  file_size_exceeded: "limit",
  nonzero_exit: "fault",
  signaled: "fault",
  compile_failed: "fault",
  policy_violation: "policy",
  cancelled: "none",
  internal_error: "none",
};

export const VERDICTS = Object.keys(KINDS);
export const STATES = ["queued", "running", "finished", "cancelled", "interrupted", "refused"];

const TITLES = {
  ok: () => "It ran to its end",
  nonzero_exit: (result) => `It exited with code ${result.exit_code}`,
  signaled: (result) => `${result.signal_name} ended it`,
  wall_time_exceeded: () => "Out of time",
  cpu_time_exceeded: () => "Out of processor time",
  memory_exceeded: () => "Out of memory",
  process_limit_exceeded: () => "Too many processes",
  output_limit_exceeded: () => "Too much output",
  disk_limit_exceeded: () => "Out of disk",
  file_size_exceeded: () => "A file grew too large",
  policy_violation: () => "A refused import ended it",
  compile_failed: () => "It does not compile",
  cancelled: () => "Stopped",
  internal_error: () => "Sanderling failed",
};

const STATE_TITLES = {
  queued: "Waiting for its turn",
  running: "Running",
  cancelled: "Stopped before it ran",
  interrupted: "The service ended while it ran",
  refused: "The sandbox refused it",
};

const ATTESTED = { kernel: "the kernel", sanderling: "Sanderling", program: "the program itself, which could forge it" };

/** The class that gives something its colour. */
export const kind = (verdict) => KINDS[verdict] ?? "none";

/** A verdict or a state as a small mark with its name. */
export function chip(record) {
  return make("span", { class: `chip ${record.verdict ? kind(record.verdict) : record.state}` }, words(record.verdict ?? record.state));
}

/** The ending in a few words. */
export function title(execution) {
  const { result, state } = execution;
  return result ? (TITLES[result.verdict] ?? words)(result) : STATE_TITLES[state] ?? words(state);
}

/** The heading of a result that is there, or of what is told before. */
export function heading(text, kindOf, ...more) {
  return make("div", { class: `heading-line ${kindOf}` }, make("h2", { class: "verdict-title" }, text), ...more);
}

/** Everything that is said of how an execution ended; `action` is what can be done with it. */
export function verdict(execution, action) {
  const { result, refusal } = execution;
  if (!result) {
    return [
      heading(title(execution), execution.state, make("code", {}, execution.state), action),
      refusal ? make("p", { class: "message" }, visibleText(refusal.message), refusal.mend ? ` — ${visibleText(refusal.mend)}` : "") : null,
    ];
  }
  // The heading says the rest already.
  const message = ["cancelled", "compile_failed", "nonzero_exit"].includes(result.verdict) ? null : result.error_message;
  return [
    heading(title(execution), kind(result.verdict), make("code", {}, result.verdict), action),
    message ? make("p", { class: "message" }, visibleText(message)) : null,
    make("p", { class: "facts" }, facts(execution)),
    result.evidence ? evidence(result.evidence) : null,
  ];
}

function facts({ result, started_at: started }) {
  const facts = [`${result.language}${result.version ? ` ${result.version}` : ""}`];
  if (result.verdict !== "compile_failed") facts.push(duration(result.execution_time));
  if (result.compile) facts.push(result.compile.cached ? "compiled before" : `compiled in ${duration(result.compile.execution_time)}`);
  if (started) facts.push(new Date(started).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }));
  return facts.join(" · ");
}

function evidence({ source, value, attested_by: by }) {
  return make(
    "p",
    { class: "evidence" },
    make("span", {}, "Evidence"),
    " ",
    make("code", {}, `${visibleText(source)}: ${visibleText(value)}`),
    ` — attested by ${ATTESTED[by] ?? by}`,
  );
}

/** What the program tried and was refused; nothing when there was nothing. */
export function violations(result) {
  if (!result.violations.length) return null;
  return make(
    "section",
    { class: "block violations" },
    make("h2", {}, "Refused"),
    make(
      "ul",
      {},
      result.violations.map((one) => {
        const list = one.arguments.map(visibleText).join(", ");
        const attempt = one.kind === "module" ? `import ${visibleText(one.name)}` : `${visibleText(one.name)}(${list})`;
        return make(
          "li",
          {},
          make("code", {}, attempt),
          one.count > 1 ? make("span", { class: "times" }, ` × ${one.count}`) : null,
          make("small", {}, ` ${words(one.kind)}, attested by ${ATTESTED[one.attested_by] ?? one.attested_by}`),
        );
      }),
    ),
  );
}

/** The walls that stood around it. */
export function isolation({ isolation: walls }) {
  const missing = walls.missing.length;
  return make(
    "details",
    { class: "block walls" },
    make("summary", {}, missing ? `${plural(missing, "wall")} missing of ${missing + walls.layers.length}` : `All ${walls.layers.length} walls stood`),
    missing ? make("p", { class: "message" }, `Missing: ${walls.missing.map(words).join(", ")}`) : null,
    make("ul", {}, walls.layers.map((layer) => make("li", {}, words(layer)))),
    make("p", { class: "facts" }, `network: ${walls.network} · files: ${walls.filesystem}`),
  );
}
