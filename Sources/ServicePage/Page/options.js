// Everything beside the source that a submission can say.

import { byId, make } from "./dom.js";
import { count, duration, plural, size } from "./format.js";

/** The limits that can be asked for, in the service's words. */
const LIMITS = [
  ["wall_time", "Time", duration],
  ["cpu_time", "Processor", duration],
  ["memory", "Memory", size],
  ["processes", "Processes", count],
  ["output", "Output", size],
  ["disk", "Disk", size],
];
const REACH = ["none", "loopback", "host"];

const list = (text) => text.split(/[\s,]+/).filter(Boolean);
const number = (text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : text);

/** A limit as the service reads it again, to the last byte and millisecond. */
function exact(value, format) {
  if (format === duration) return `${value} s`;
  if (format === size) return value % 1e6 ? `${value}` : `${value / 1e6} MB`;
  return `${value}`;
}

/** The form below the editor. */
export class Options {
  /** Members of a submission that was opened and that no control here shows: they go along when it runs again. */
  #others = {};

  constructor() {
    byId("limits").append(
      ...LIMITS.map(([name, title]) =>
        make(
          "label",
          { class: "field" },
          make("span", {}, title, " ", make("small", { id: `most-${name}` })),
          make("input", { id: `limit-${name}`, type: "text", autocomplete: "off", spellcheck: "false", "aria-describedby": `most-${name}` }),
        ),
      ),
    );
    byId("program").addEventListener("input", () => this.#note());
    this.#note();
  }

  /** Shows what applies where nothing is said, and the most that the operator gives. */
  bound({ default: usual, most, network }) {
    for (const [name, , format] of LIMITS) {
      byId(`limit-${name}`).placeholder = format(usual[name]);
      byId(`most-${name}`).textContent = `at most ${format(most[name])}`;
    }
    for (const option of byId("network").options) option.disabled = REACH.indexOf(option.value) > REACH.indexOf(network);
  }

  /** The members of a request's body that the form holds. */
  get body() {
    const limits = Object.fromEntries(
      LIMITS.map(([name]) => [name, byId(`limit-${name}`).value.trim()]).filter(([, text]) => text).map(([name, text]) => [name, number(text)]),
    );
    const [denied, allowed] = [list(byId("denied").value), list(byId("allowed").value)];
    const args = byId("args").value;
    const label = byId("label").value.trim();
    return {
      ...this.#others,
      ...("stdin" in this.#others ? {} : { stdin: byId("stdin").value }),
      args: args ? args.replace(/\n$/, "").split("\n") : [],
      limits: { ...this.#others.limits, ...limits },
      modules: { denied, ...(allowed.length ? { allowed } : {}) },
      network: byId("network").value,
      filesystem: byId("filesystem").value,
      collect: list(byId("collect").value),
      ...(label ? { label } : {}),
    };
  }

  /** Shows what a submission said; of limits, those that differ from what applies anyway. */
  show(submission, usual) {
    const binary = submission.stdin_encoding === "base64";
    byId("stdin").value = binary ? "" : submission.stdin;
    byId("stdin").disabled = binary;
    byId("stdin").placeholder = binary ? "bytes that are no text; they go along as they are" : "";
    byId("args").value = submission.args.join("\n");
    for (const [name, , format] of LIMITS) {
      byId(`limit-${name}`).value = submission.limits[name] === usual?.[name] ? "" : exact(submission.limits[name], format);
    }
    byId("denied").value = submission.modules.denied.join(", ");
    byId("allowed").value = submission.modules.allowed?.join(", ") ?? "";
    byId("network").value = submission.network;
    byId("filesystem").value = submission.filesystem;
    byId("collect").value = submission.collect.join(", ");
    byId("label").value = submission.label ?? "";
    const { files, env, source_name, priority, stdin, stdin_encoding, compile_limits } = submission;
    const shown = LIMITS.map(([name]) => name);
    const limits = Object.entries(submission.limits).filter(([name, value]) => !shown.includes(name) && value !== null);
    this.#others = {
      limits: Object.fromEntries(limits),
      ...(compile_limits ? { compile_limits } : {}),
      ...(files.length ? { files } : {}),
      ...(Object.keys(env).length ? { env } : {}),
      ...(source_name ? { source_name } : {}),
      ...(priority ? { priority } : {}),
      ...(binary ? { stdin, stdin_encoding } : {}),
    };
    this.#note();
  }

  /** Begins anew: what no control shows is gone. */
  forget() {
    this.#others = {};
    byId("stdin").disabled = false;
    byId("stdin").placeholder = "";
    this.#note();
  }

  /** What each closed part holds, in a few words. */
  #note() {
    const say = (id, parts) => (byId(id).querySelector(".summary-note").textContent = parts.filter(Boolean).join(" · "));
    const args = byId("args").value.split("\n").filter(Boolean).length;
    const limits = LIMITS.map(([name]) => byId(`limit-${name}`).value.trim()).filter(Boolean);
    say("input-options", [byId("stdin").value && plural(byId("stdin").value.length, "character"), args && plural(args, "argument"), this.#others.files && `${plural(this.#others.files.length, "file")} beside the source`]);
    say("limit-options", [limits.length && `${limits.length} of its own`]);
    const network = byId("network").value;
    say("policy-options", [
      (byId("denied").value || byId("allowed").value) && "modules restricted",
      network === "none" ? "no network" : `network: ${network}`,
      byId("filesystem").value === "none" && "nothing to write",
    ]);
  }
}
