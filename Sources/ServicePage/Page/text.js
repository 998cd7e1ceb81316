// What programs print, made visible and harmless: escape sequences colour at the most, and what would hide or reorder
// text shows itself.

import { make } from "./dom.js";

// Escape sequences of ECMA-48: control sequences (CSI), strings (OSC, DCS, PM, APC, SOS), and the short ones.
const ESCAPE =
  /\x1b\[([0-?]*)[ -/]*([@-~])|\x1b[\]P^_X][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|\x1b(?![[\]P^_X])[ -/]*[0-~]/y;

/** An escape sequence that is longer, and has no end, is none. */
const LONGEST = 2_000;

// What could steer, hide itself or reorder what is around it; the joiners spell words and emoji, and move nothing.
const ODD = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]--[\t\n\u200c\u200d]]/gv;

/** What is shown in its place: a picture for control characters, its number for the rest. */
function visible(character) {
  const code = character.codePointAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return `\u27e8U+${code.toString(16).toUpperCase().padStart(4, "0")}\u27e9`;
}

/** A name that somebody else chose, as one line on which every character shows. */
export const visibleText = (text) => text.replace(ODD, visible).replace(/[\t\n]/g, visible);

const COLORS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** The state of a terminal's pen, which lives from piece to piece of a stream. */
export class Pen {
  #classes = new Set();
  /** The beginning of an escape sequence that has not come whole. */
  #rest = "";

  /** The nodes that show `text`. */
  nodes(text) {
    const all = (this.#rest + text).replaceAll("\r\n", "\n");
    this.#rest = "";
    const nodes = [];
    for (let place = 0; place < all.length; ) {
      ODD.lastIndex = place;
      const odd = ODD.exec(all);
      const end = odd ? odd.index : all.length;
      if (end > place) nodes.push(this.#styled(all.slice(place, end)));
      if (!odd) break;
      ESCAPE.lastIndex = end;
      const sequence = odd[0] === "\x1b" ? ESCAPE.exec(all) : null;
      if (sequence) {
        if (sequence[2] === "m") this.#set(sequence[1]);
        place = ESCAPE.lastIndex;
      } else if (this.#isUnfinished(odd[0], all.length - end)) {
        this.#rest = all.slice(end);
        break;
      } else {
        this.#show(visible(odd[0]), nodes);
        place = end + odd[0].length;
      }
    }
    return nodes;
  }

  /** Shows a character by its picture, beside others of its kind. */
  #show(picture, nodes) {
    const last = nodes.at(-1);
    if (last?.className === "odd") last.textContent += picture;
    else nodes.push(make("span", { class: "odd" }, picture));
  }

  /** Whether the next piece may say what this character was meant to be. */
  #isUnfinished(character, left) {
    return (character === "\r" && left === 1) || (character === "\x1b" && left < LONGEST);
  }

  #styled(text) {
    return this.#classes.size ? make("span", { class: [...this.#classes].join(" ") }, text) : document.createTextNode(text);
  }

  /** Select Graphic Rendition: weight and the sixteen colours; others are passed over. */
  #set(parameters) {
    const codes = parameters.split(";").map(Number);
    for (let place = 0; place < codes.length; place += 1) {
      const code = codes[place];
      if (code === 38 || code === 48) place += codes[place + 1] === 5 ? 2 : 4;
      else if (code === 0) this.#classes.clear();
      else if (code === 1) this.#classes.add("ansi-bold");
      else if (code === 3) this.#classes.add("ansi-italic");
      else if (code === 4) this.#classes.add("ansi-underline");
      else if (code === 22) this.#classes.delete("ansi-bold");
      else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) this.#color(COLORS[code % 10]);
      else if (code === 39) this.#color(null);
    }
  }

  #color(name) {
    for (const other of COLORS) this.#classes.delete(`ansi-${other}`);
    if (name) this.#classes.add(`ansi-${name}`);
  }
}
