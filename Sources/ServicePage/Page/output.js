// The two streams of a program, apart, as they come.

import { make, save } from "./dom.js";
import { plural, size } from "./format.js";
import { Pen } from "./text.js";

/** More than this of a stream is not shown; it can be saved whole. */
const SHOWN = 200_000;

/** Bytes that came as text or as base64. */
export function bytes(text, encoding) {
  if (encoding !== "base64") return new TextEncoder().encode(text);
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** One stream: a heading, what can be done with it, and its text. */
class Stream {
  #pen = new Pen();
  #decoder = new TextDecoder();
  #pieces = [];
  #pending = [];
  #shown = 0;
  #total = 0;

  constructor(name, title) {
    this.name = name;
    this.text = make("pre", { class: "text", tabindex: "0", "aria-label": title, dir: "ltr" });
    this.note = make("span", { class: "stream-note" });
    this.element = make(
      "section",
      { class: `stream ${name}`, "aria-label": title, hidden: true },
      make(
        "header",
        {},
        make("h2", {}, title),
        this.note,
        make("button", { type: "button", class: "quiet", onclick: () => this.#copy(), "aria-label": `Copy ${title}` }, "Copy"),
        make("button", { type: "button", class: "quiet", onclick: () => this.#save(), "aria-label": `Save ${title}` }, "Save"),
      ),
      this.text,
    );
  }

  add(data) {
    if (!data.length) return;
    this.#pieces.push(data);
    this.#total += data.length;
    this.#pending.push(data);
    if (this.#pending.length === 1) requestAnimationFrame(() => this.#show());
  }

  #show() {
    if (!this.#pending.length) return;
    const follows = this.text.scrollTop + this.text.clientHeight >= this.text.scrollHeight - 4;
    for (const data of this.#pending) {
      if (this.#shown >= SHOWN) continue;
      const piece = data.subarray(0, SHOWN - this.#shown);
      this.#shown += piece.length;
      this.text.append(...this.#pen.nodes(this.#decoder.decode(piece, { stream: true })));
    }
    this.#pending = [];
    this.element.hidden = false;
    this.note.textContent = this.#shown < this.#total ? `the first ${size(this.#shown)} of ${size(this.#total)}` : "";
    if (follows) this.text.scrollTop = this.text.scrollHeight;
  }

  /** What the record says of it at the end: all that was kept, and how much was not. */
  finish(data, truncated, total) {
    if (this.#total !== data.length) {
      this.text.replaceChildren();
      [this.#pen, this.#decoder, this.#pieces, this.#pending] = [new Pen(), new TextDecoder(), [], []];
      [this.#shown, this.#total] = [0, 0];
      this.add(data);
    }
    this.#show();
    if (truncated) this.note.textContent = `${size(total - data.length)} of ${size(total)} were dropped`;
  }

  get isEmpty() {
    return this.#total === 0;
  }

  #blob() {
    return new Blob(this.#pieces, { type: "application/octet-stream" });
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(await this.#blob().text());
      this.note.textContent = "copied";
    } catch {
      this.note.textContent = "this browser lets nothing be copied here";
    }
  }

  #save() {
    save(this.#blob(), `${this.name}.txt`);
  }
}

/** Both streams of one execution. */
export class Output {
  #streams = { stdout: new Stream("stdout", "Standard output"), stderr: new Stream("stderr", "Standard error") };
  #compiler = new Stream("compiler", "Compiler");
  #silence = make("p", { class: "silence", hidden: true });

  constructor(place) {
    place.replaceChildren(this.#compiler.element, this.#streams.stdout.element, this.#streams.stderr.element, this.#silence);
  }

  /** A piece of a stream, as an event tells of it; those of a compiler are shown apart. */
  add(name, { data, encoding }, stage) {
    const stream = stage === "compile" ? this.#compiler : this.#streams[name];
    stream.add(bytes(data, encoding));
  }

  /** The streams as the result has them. */
  finish(result) {
    const { compile } = result;
    if (compile) {
      const said = [bytes(compile.stdout, compile.stdout_encoding), bytes(compile.stderr, compile.stderr_encoding)];
      const all = new Uint8Array(said[0].length + said[1].length);
      all.set(said[0]);
      all.set(said[1], said[0].length);
      this.#compiler.finish(all, compile.stdout_truncated || compile.stderr_truncated, compile.stdout_bytes + compile.stderr_bytes);
    }
    // Of a program that never ran, the streams are its compiler's.
    if (result.verdict === "compile_failed") return;
    for (const name of ["stdout", "stderr"]) {
      const data = bytes(result[name], result[`${name}_encoding`]);
      this.#streams[name].finish(data, result[`${name}_truncated`], result[`${name}_bytes`]);
    }
    this.#silence.hidden = !Object.values(this.#streams).every((stream) => stream.isEmpty);
    this.#silence.textContent = `It printed nothing${result.files?.length ? `, and left ${plural(result.files.length, "file")}` : ""}.`;
  }
}
