// Starts the page, and shows the view that its address names.

import * as api from "./api.js";
import { byId } from "./dom.js";
import { History } from "./history.js";
import { startKeyButton } from "./key.js";
import { Operator } from "./operator.js";
import { Playground } from "./playground.js";

const languages = api.languages();
const views = {
  playground: new Playground(languages),
  history: new History(languages),
  operator: new Operator(),
};
const TITLES = { playground: "Run", history: "History", operator: "Operator" };
let open = null;

/** `#/`, `#/executions/ID`, `#/history?verdict=ok`, `#/operator`. */
function route() {
  const [path, query = ""] = location.hash.replace(/^#/, "").split("?");
  const [, view, argument] = path.split("/");
  if (view === "history") return ["history", new URLSearchParams(query)];
  if (view === "operator") return ["operator", null];
  return ["playground", view === "executions" ? argument : null];
}

function show() {
  // The link that skips to the content is none to a view.
  if (open && location.hash && !location.hash.startsWith("#/")) return;
  const [name, argument] = route();
  const changes = open !== name;
  if (changes && open) views[open].close();
  for (const view of Object.keys(views)) byId(view).hidden = view !== name;
  for (const link of document.querySelectorAll("nav [data-view]")) {
    if (link.dataset.view === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${TITLES[name]} · Sanderling`;
  views[name].open(argument);
  // Who follows a link goes to what it shows; who has just come is left where they are.
  if (changes && open) byId(`${name}-title`).focus();
  open = name;
}

addEventListener("hashchange", show);
startKeyButton(() => location.reload());
show();
