// Numbers as people read them, in the words that Sanderling's reports use.

const oneDecimal = (value) => String(Math.round(value * 10) / 10);

/** Seconds: `840 µs`, `12 ms`, `1.2 s`, `2 min 5 s`. */
export function duration(seconds) {
  if (seconds === 0) return "0 ms";
  if (seconds < 0.0009995) return `${Math.max(1, Math.round(seconds * 1e6))} µs`;
  if (seconds < 0.00995) return `${oneDecimal(seconds * 1e3)} ms`;
  if (seconds < 0.9995) return `${Math.round(seconds * 1e3)} ms`;
  if (seconds < 59.95) return `${oneDecimal(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole >= 3600) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  return whole % 60 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${whole / 60} min`;
}

/** Bytes, in units of the SI: `512 B`, `1.5 kB`, `34.5 MB`. */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  let amount = bytes;
  for (const unit of ["kB", "MB", "GB"]) {
    amount /= 1000;
    if (amount < 999.95) return `${oneDecimal(amount)} ${unit}`;
  }
  return `${oneDecimal(amount / 1000)} TB`;
}

/** A count: `12`, `1 200`, `3.4 M`. */
export function count(number) {
  if (number >= 1e6) return `${oneDecimal(number / 1e6)} M`;
  return Math.round(number).toLocaleString("en").replaceAll(",", "\u202f");
}

/** A rate: two figures that matter. */
export const rate = (number) => (number >= 10 ? count(number) : oneDecimal(number));

/** A share of one. */
export const percent = (share) => (share > 0 && share < 0.005 ? "< 1 %" : `${Math.round(share * 100)} %`);

/** A noun with its number: `1 file`, `3 files`. */
export const plural = (number, noun) => `${count(number)} ${noun}${number === 1 ? "" : "s"}`;

/** A name of the protocol in words: `wall_time_exceeded`. */
export const words = (name) => name.replaceAll("_", " ");

/** How long ago, roughly; the exact time belongs beside it. */
export function ago(date) {
  const seconds = Math.max(0, (Date.now() - date) / 1000);
  if (seconds < 5) return "just now";
  if (seconds < 60) return `${Math.floor(seconds)} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return date.toLocaleDateString(undefined, { day: "numeric", month: "short" });
}

/** The exact time, in the reader's own zone. */
export const moment = (date) => date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
