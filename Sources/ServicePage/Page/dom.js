// Making elements. Text becomes text nodes and nothing else: no function here, or anywhere on this page, reads markup.

const SVG = "http://www.w3.org/2000/svg";

/** The element of the document with this id. */
export const byId = (id) => document.getElementById(id);

/**
 * An element: `make("p", { class: "note", onclick: f }, "text", another)`.
 * Members that begin with "on" are listeners, `text` is its text; nothing is made of `null`, `undefined` and `false`.
 */
export function make(name, members = {}, ...children) {
  return fill(document.createElement(name), members, children);
}

/** The same for an element of SVG. */
export function draw(name, members = {}, ...children) {
  return fill(document.createElementNS(SVG, name), members, children);
}

function fill(element, members, children) {
  for (const [name, value] of Object.entries(members)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A list of options, each a value or `[value, words]`. */
export function options(entries) {
  return entries.map((entry) => {
    const [value, words] = Array.isArray(entry) ? entry : [entry, entry];
    return make("option", { value }, words);
  });
}

/** Offers bytes as a file to be saved; `name` is what its reader sees of it. */
export function save(blob, name) {
  const url = URL.createObjectURL(blob);
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
