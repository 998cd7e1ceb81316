// What a program left: to be saved, and shown where it is an image.

import * as api from "./api.js";
import { make, save } from "./dom.js";
import { plural, size } from "./format.js";
import { visibleText } from "./text.js";

/** Images are fetched to be looked at up to this size. */
const LARGEST_IMAGE = 8_000_000;

/** The first bytes of the kinds of image that are shown. SVG is none of them: it can hold scripts. */
const SIGNATURES = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
  ["image/webp", [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50]],
];

/** What kind of image these bytes begin, whatever their file is called; null for anything else. */
export function imageType(bytes) {
  const match = SIGNATURES.find(([, signature]) => signature.every((byte, place) => byte === null || byte === bytes[place]));
  return match ? match[0] : null;
}

const mayBeImage = ({ path, size: length }) => /\.(png|jpe?g|gif|webp)$/i.test(path) && length <= LARGEST_IMAGE;

/** A list of the files; nothing when there are none beside the source. */
export function files(execution, source) {
  const left = execution.files.filter((file) => !isSource(file, source));
  if (!left.length) return null;
  return make(
    "section",
    { class: "block files" },
    make("h2", {}, plural(left.length, "file")),
    make("ul", {}, left.map(entry)),
  );
}

/** Patterns such as `**` bring the program's own source out again, under the name that its language gives it. */
function isSource({ path, size: length }, source) {
  return !path.includes("/") && /^main\./i.test(path) && length === new TextEncoder().encode(source).length;
}

function entry(file) {
  const shown = visibleText(file.path);
  const status = make("small", { class: "error" });
  const item = make(
    "li",
    {},
    make("bdi", { class: "path" }, shown),
    make("span", { class: "size" }, size(file.size)),
    make("button", { type: "button", class: "quiet", "aria-label": `Save ${shown}`, onclick: () => saveFile(file, status) }, "Save"),
    status,
  );
  if (mayBeImage(file)) showImage(file, item, shown);
  return item;
}

async function saveFile(file, status) {
  try {
    status.textContent = "";
    // Browsers take from a proposed name what would be a path or mislead.
    save(await api.file(file.url), visibleText(file.path.split("/").pop()));
  } catch (problem) {
    status.textContent = problem.message;
  }
}

async function showImage(file, item, name) {
  const bytes = new Uint8Array(await (await api.file(file.url)).arrayBuffer());
  const type = imageType(bytes);
  if (!type) return;
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const image = make("img", { src: url, alt: `The image ${name}`, onload: () => URL.revokeObjectURL(url), onerror: () => image.remove() });
  item.append(image);
}
