// The editor: a text area, which keyboards, screen readers and phones know, over a coloured copy of its text.

import { grammar } from "./grammars.js";
import { highlight } from "./highlight.js";

/** Longer sources are shown in one colour. */
const COLOURED = 60_000;

export class Editor {
  #area;
  #copy;
  #numbers;
  #language = "";
  #tabLeaves = false;

  constructor(place, onChange) {
    this.#area = place.querySelector("textarea");
    this.#copy = place.querySelector("code");
    this.#numbers = place.querySelector(".numbers");
    this.#area.addEventListener("input", () => {
      this.#show();
      onChange();
    });
    this.#area.addEventListener("keydown", (event) => this.#keydown(event));
    this.#area.addEventListener("blur", () => (this.#tabLeaves = false));
    this.#show();
  }

  get text() {
    return this.#area.value;
  }

  set text(text) {
    this.#area.value = text;
    this.#show();
  }

  set language(name) {
    this.#language = name;
    this.#show();
  }

  #show() {
    const text = this.text;
    const rules = text.length <= COLOURED ? grammar(this.#language) : null;
    // The last line keeps its height although nothing is on it.
    this.#copy.replaceChildren(...(rules ? highlight(text, rules) : [text]), "\n");
    const lines = text.split("\n").length;
    if (this.#numbers.childElementCount !== lines) {
      this.#numbers.replaceChildren(...Array.from({ length: lines }, (_, line) => numbered(line + 1)));
    }
  }

  #keydown(event) {
    const leaves = this.#tabLeaves;
    this.#tabLeaves = event.key === "Escape" || (leaves && event.key === "Shift");
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Tab" && !leaves) {
      event.preventDefault();
      if (event.shiftKey) this.#outdent();
      else this.#indent();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.#insert(`\n${this.#indentation()}`);
    }
  }

  get #unit() {
    return this.#language === "go" ? "\t" : "    ";
  }

  /** What the new line begins with: as the present one does, and deeper after what opens a block. */
  #indentation() {
    const before = this.text.slice(0, this.#area.selectionStart);
    const line = before.slice(before.lastIndexOf("\n") + 1);
    return /^[ \t]*/.exec(line)[0] + (/[{([:]\s*$/.test(line) ? this.#unit : "");
  }

  #indent() {
    const { selectionStart: start, selectionEnd: end } = this.#area;
    if (!this.text.slice(start, end).includes("\n")) this.#insert(this.#unit);
    else this.#rewriteLines((line) => (line ? this.#unit + line : line));
  }

  #outdent() {
    this.#rewriteLines((line) => line.replace(/^(\t| {1,4})/, ""));
  }

  #rewriteLines(change) {
    const text = this.text;
    const start = text.lastIndexOf("\n", this.#area.selectionStart - 1) + 1;
    const found = text.indexOf("\n", this.#area.selectionEnd);
    const end = found < 0 ? text.length : found;
    const lines = text.slice(start, end).split("\n").map(change).join("\n");
    this.#area.setSelectionRange(start, end);
    this.#insert(lines);
    this.#area.setSelectionRange(start, start + lines.length);
  }

  /** Replaces the selection in a way that can be undone, where the browser still has one. */
  #insert(text) {
    if (text && document.execCommand("insertText", false, text)) return;
    this.#area.setRangeText(text, this.#area.selectionStart, this.#area.selectionEnd, "end");
    this.#area.dispatchEvent(new Event("input"));
  }
}

function numbered(line) {
  const number = document.createElement("span");
  number.textContent = line;
  return number;
}
