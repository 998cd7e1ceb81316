// The service's own interface; docs/openapi.yaml describes it.

import { events } from "./events.js";
import { askForKey, key } from "./key.js";

/** What the service says of a request that it did not carry out (RFC 9457). */
export class Problem extends Error {
  constructor(status, { code = "unknown", detail, mend = null } = {}) {
    super(detail ?? `the service answered ${status}`);
    this.status = status;
    this.code = code;
    this.mend = mend;
  }
}

async function send(path, { kind = "api", ...init } = {}) {
  while (true) {
    const headers = new Headers(init.headers);
    const used = key(kind);
    if (used) headers.set("Authorization", `Bearer ${used}`);
    let response;
    try {
      response = await fetch(path, { ...init, headers, cache: "no-store" });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Problem(0, { code: "unreachable", detail: "the service cannot be reached", mend: "is it still running?" });
    }
    if (response.ok) return response;
    const problem = new Problem(response.status, await response.json().catch(() => ({})));
    // Somebody else on the page may have asked in the meantime.
    if (problem.code === "unauthenticated" && key(kind) !== used) continue;
    if (problem.code !== "unauthenticated") throw problem;
    if (!(await askForKey(kind, undefined, used ? "That key is not known here." : ""))) throw problem;
  }
}

const json = async (path, init) => (await send(path, init)).json();
const place = (id) => `/v1/executions/${encodeURIComponent(id)}`;

export const languages = async () => (await json("/v1/languages")).languages;
export const limits = () => json("/v1/limits");
export const execution = (id) => json(place(id));
export const submission = (id) => json(`${place(id)}/submission`);
export const cancel = (id) => send(`${place(id)}/cancel`, { method: "POST" });

/** A page of the reader's executions; `filters` are members of the query. */
export function executions(filters, signal) {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value));
  return json(`/v1/executions?${query}`, { signal });
}

/** Has a program run, and tells what happens to it as it does. */
export async function* run(body, signal) {
  const response = await send("/v1/executions", {
    method: "POST",
    signal,
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify(body),
  });
  const id = response.headers.get("Location").split("/").pop();
  yield { name: "accepted", data: { id } };
  yield* lasting(id, response, signal);
}

/** What happens to an execution, from its beginning. */
export async function* watch(id, signal) {
  yield* lasting(id, await send(`${place(id)}/events`, { signal }), signal);
}

/** Events of a response; where the connection breaks before the last, those of another after it. */
async function* lasting(id, response, signal) {
  let last = "0";
  for (let breaks = 0; ; breaks += 1) {
    try {
      for await (const event of events(response)) {
        last = event.id ?? last;
        yield event;
        if (event.name === "ended") return;
        breaks = 0;
      }
    } catch (error) {
      if (error.name === "AbortError" || breaks > 4) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** breaks));
    response = await send(`${place(id)}/events`, { signal, headers: { "Last-Event-ID": last } });
  }
}

/** A file that a program left, as bytes of no particular kind. */
export const file = async (url) => (await send(url)).blob();

/** The figures of the whole service, as text. */
export const metrics = async (signal) => (await send("/metrics", { kind: "metrics", signal })).text();

/** Whether programs run here; says what is wrong where they do not. */
export async function health() {
  const response = await fetch("/health", { cache: "no-store" });
  return response.json();
}
