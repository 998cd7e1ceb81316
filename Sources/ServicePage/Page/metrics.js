// Figures in Prometheus's text format, read and compared.

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;
const ESCAPES = { n: "\n", '"': '"', "\\": "\\" };

/** The samples of a text: `{ name, labels, value }`. */
export function parse(text) {
  const samples = [];
  for (const line of text.split("\n")) {
    const match = line.startsWith("#") ? null : LINE.exec(line);
    if (!match) continue;
    const labels = {};
    for (const [, name, value] of (match[2] ?? "").matchAll(LABEL)) {
      labels[name] = value.replace(/\\(.)/g, (_, character) => ESCAPES[character] ?? character);
    }
    samples.push({ name: match[1], labels, value: Number(match[3].replace("Inf", "Infinity")) });
  }
  return samples;
}

/** All figures at one time. */
export class Scrape {
  #families;

  constructor(text, time) {
    this.time = time;
    this.#families = Map.groupBy(parse(text), ({ name }) => name);
  }

  samples(name) {
    return this.#families.get(name) ?? [];
  }

  /** The sum of a family's samples that `fits` lets through. */
  sum(name, fits = () => true) {
    return this.samples(name).reduce((sum, sample) => (fits(sample.labels) ? sum + sample.value : sum), 0);
  }

  /** Sums by the value of a label, the greatest first. */
  by(name, label) {
    const sums = new Map();
    for (const { labels, value } of this.samples(name)) sums.set(labels[label], (sums.get(labels[label]) ?? 0) + value);
    return [...sums].sort(([, one], [, other]) => other - one);
  }

  /** A histogram's cumulative counts by their upper bounds, all series together. */
  buckets(name) {
    const counts = new Map();
    for (const { labels, value } of this.samples(`${name}_bucket`)) {
      const bound = Number(labels.le.replace("+Inf", "Infinity"));
      counts.set(bound, (counts.get(bound) ?? 0) + value);
    }
    return counts;
  }
}

/** How much a counter grew by the second; null when the service began anew in between. */
export function growth(earlier, later, name, fits) {
  const [before, after] = [earlier.sum(name, fits), later.sum(name, fits)];
  return after < before ? null : (after - before) / ((later.time - earlier.time) / 1000);
}

/**
 * The value below which a share of what was counted between two scrapes lies; null when nothing was.
 * Within a bucket, values are taken to lie evenly.
 */
export function percentile(earlier, later, name, share) {
  const before = earlier.buckets(name);
  const counts = [...later.buckets(name)]
    .map(([bound, count]) => [bound, count - (before.get(bound) ?? 0)])
    .sort(([one], [other]) => one - other);
  const total = counts.at(-1)?.[1] ?? 0;
  if (!(total > 0)) return null;
  const rank = share * total;
  let [lower, below] = [0, 0];
  for (const [bound, count] of counts) {
    if (count >= rank && count > below) {
      return bound === Infinity ? lower : lower + (bound - lower) * ((rank - below) / (count - below));
    }
    [lower, below] = [bound, count];
  }
  return lower;
}
