// Colours for source code: one pass of one regular expression per language, which knows comments, texts, numbers and
// words, and nothing of grammar.

import { make } from "./dom.js";

/** The nodes that show `text`, as a grammar of grammars.js sees it. */
export function highlight(text, { pattern, keywords, ignoresCase }) {
  const nodes = [];
  let place = 0;
  for (const match of text.matchAll(pattern)) {
    const kind = kindOf(match, keywords, ignoresCase);
    if (!kind) continue;
    if (match.index > place) nodes.push(text.slice(place, match.index));
    nodes.push(make("span", { class: `code-${kind}` }, match[0]));
    place = match.index + match[0].length;
  }
  nodes.push(text.slice(place));
  return nodes;
}

function kindOf({ groups }, keywords, ignoresCase) {
  for (const kind of ["comment", "text", "number", "variable"]) if (groups[kind] !== undefined) return kind;
  const word = groups.word;
  if (keywords.has(ignoresCase ? word.toLowerCase() : word)) return "keyword";
  if (groups.call !== undefined) return "call";
  return /^[A-Z]\w*[a-z]/.test(word) ? "type" : null;
}
