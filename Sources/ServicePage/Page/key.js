// The reader's key: kept in this tab's session storage, and nowhere else.

import { byId } from "./dom.js";

const NAMES = { api: "sanderling.key", metrics: "sanderling.metrics-key" };

/** The key for requests of this kind; figures are asked for with the key for the rest where they have none of their own. */
export function key(kind = "api") {
  return sessionStorage.getItem(NAMES[kind]) ?? sessionStorage.getItem(NAMES.api);
}

function keep(kind, value) {
  if (value) sessionStorage.setItem(NAMES[kind], value);
  else sessionStorage.removeItem(NAMES[kind]);
  byId("key-button").hidden = false;
}

/** One question at a time, however many requests want a key. */
let asking = null;

/** Asks the reader for a key; resolves with whether there is one now. */
export function askForKey(kind = "api", reason = "This service wants to know who calls.", error = "") {
  asking ??= new Promise((resolve) => {
    const dialog = byId("key-dialog");
    const field = byId("key");
    field.value = "";
    byId("key-reason").textContent = reason;
    byId("key-error").textContent = error;
    byId("key-forget").hidden = !key(kind);
    let given = false;
    const submit = () => {
      given = field.value.trim() !== "";
      if (given) keep(kind, field.value.trim());
    };
    const forget = () => {
      keep(kind, null);
      dialog.close();
      location.reload();
    };
    const cancel = () => dialog.close();
    byId("key-form").addEventListener("submit", submit);
    byId("key-forget").addEventListener("click", forget);
    byId("key-cancel").addEventListener("click", cancel);
    dialog.addEventListener(
      "close",
      () => {
        byId("key-form").removeEventListener("submit", submit);
        byId("key-forget").removeEventListener("click", forget);
        byId("key-cancel").removeEventListener("click", cancel);
        field.value = "";
        asking = null;
        resolve(given);
      },
      { once: true },
    );
    dialog.showModal();
    field.focus();
  });
  return asking;
}

/** The button that changes the key; shown once the service has wanted one. */
export function startKeyButton(onChange) {
  const button = byId("key-button");
  button.hidden = !key();
  button.addEventListener("click", async () => {
    if (await askForKey("api", "Another key, or none.")) onChange();
  });
}
