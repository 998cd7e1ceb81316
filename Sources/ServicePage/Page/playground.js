// Running a program and looking at what came of it.

import * as api from "./api.js";
import { byId, make, options } from "./dom.js";
import { Editor } from "./editor.js";
import { examples } from "./examples.js";
import { files } from "./files.js";
import { duration } from "./format.js";
import { askForKey } from "./key.js";
import { Options } from "./options.js";
import { bytes, Output } from "./output.js";
import { limitsHit, timeline, usage } from "./usage.js";
import { heading, isolation, title, verdict, violations } from "./verdict.js";
import { visibleText } from "./text.js";

const FIRST_LANGUAGE = "python";

export class Playground {
  #options = new Options();
  #editor = new Editor(byId("editor"), () => this.#edited());
  #limits = null;
  #ready;
  /** Whether what is in the editor is the reader's own. */
  #isOwn = false;
  /** The execution that is shown, and what ends looking at it. */
  #shown = null;
  #abort = null;
  #clock = null;

  constructor(languages) {
    byId("program").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#run();
    });
    byId("stop").addEventListener("click", () => this.#stop());
    byId("language").addEventListener("change", () => this.#chooseLanguage());
    byId("example").addEventListener("change", () => this.#chooseExample());
    document.addEventListener("keydown", (event) => {
      if (byId("playground").hidden || byId("key-dialog").open || !(event.ctrlKey || event.metaKey)) return;
      if (event.key === "Enter") this.#run();
      else if (event.key === ".") this.#stop();
      else return;
      event.preventDefault();
    });
    byId("code").setAttribute("aria-keyshortcuts", "Control+Enter");
    this.#ready = this.#prepare(languages);
    this.#ready.catch((problem) => this.#refused(problem));
    this.#rest();
  }

  async #prepare(languages) {
    const all = await languages;
    const select = byId("language");
    const [present, absent] = [all.filter((one) => one.present), all.filter((one) => !one.present)];
    const named = ({ name, display_name: words, version }) => [name, version ? `${words} ${version}` : words];
    select.append(...options(present.map(named)));
    if (absent.length) {
      const group = make("optgroup", { label: "Not installed here" }, options(absent.map(named)));
      for (const option of group.children) option.disabled = true;
      select.append(group);
    }
    if (present.some(({ name }) => name === FIRST_LANGUAGE)) select.value = FIRST_LANGUAGE;
    this.#limits = await api.limits();
    this.#options.bound(this.#limits);
    this.#chooseLanguage();
  }

  /** Opens an execution, or, without one, what was there before. */
  async open(id) {
    if (!id) {
      if (this.#shown) this.#rest();
      return;
    }
    if (id === this.#shown) return;
    const signal = this.#begin(id);
    try {
      await this.#ready;
      const [submission, execution] = await Promise.all([api.submission(id), api.execution(id)]);
      if (signal.aborted) return;
      this.#showSubmission(submission);
      const over = execution.state !== "queued" && execution.state !== "running";
      if (over) this.#show(execution, false);
      else await this.#follow(api.watch(id, signal), signal);
    } catch (problem) {
      if (!signal.aborted) this.#refused(problem);
    }
  }

  /** Another view is shown; a program that runs goes on running, and is told of further. */
  close() {}

  // MARK: What is to run

  #edited() {
    this.#isOwn = true;
    byId("example").value = "";
  }

  #chooseLanguage() {
    const name = byId("language").value;
    this.#editor.language = name;
    byId("example").replaceChildren(make("option", { value: "", disabled: true, hidden: true }, "–"), ...options(Object.keys(examples(name))));
    byId("example").value = "";
    if (!this.#isOwn || !this.#editor.text.trim()) {
      byId("example").value = "Greeting";
      this.#chooseExample();
    }
  }

  #chooseExample() {
    this.#editor.text = examples(byId("language").value)[byId("example").value] ?? "";
    this.#isOwn = false;
  }

  #showSubmission(submission) {
    byId("language").value = submission.language;
    this.#isOwn = true;
    this.#chooseLanguage();
    this.#editor.text = new TextDecoder().decode(bytes(submission.code, submission.code_encoding));
    this.#options.show(submission, this.#limits?.default);
  }

  // MARK: Running

  /** Forgets what was shown, for something else. */
  #begin(id) {
    this.#abort?.abort();
    this.#abort = new AbortController();
    clearInterval(this.#clock);
    this.#name(id);
    byId("details").replaceChildren();
    byId("streams").replaceChildren();
    byId("verdict").replaceChildren();
    return this.#abort.signal;
  }

  async #run() {
    if (byId("run").disabled) return;
    const signal = this.#begin(null);
    this.#running(true);
    this.#announce("Running");
    this.#head("Sending…", "queued");
    // On a narrow screen the result is below the program.
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    byId("verdict").scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
    try {
      await this.#ready;
      const body = { language: byId("language").value, code: this.#editor.text, ...this.#options.body };
      await this.#follow(api.run(body, signal), signal);
    } catch (problem) {
      if (!signal.aborted) this.#refused(problem);
    }
  }

  async #follow(events, signal) {
    const output = new Output(byId("streams"));
    let stage = "run";
    this.#running(true);
    for await (const { name, data } of events) {
      if (signal.aborted) return;
      if (name === "accepted") this.#accepted(data.id);
      else if (name === "queued") this.#head("Waiting for its turn", "queued");
      else if (name === "started") {
        stage = data.stage;
        this.#time(stage === "compile" ? "Compiling" : "Running");
      } else if (name === "stdout" || name === "stderr") output.add(name, data, stage);
      else if (name === "ended") this.#show(data, true, output);
    }
  }

  /** What is shown from now on; the way back from other views leads to it. */
  #name(id) {
    this.#shown = id;
    const address = id ? `#/executions/${id}` : "#/";
    document.querySelector("nav [data-view=playground]").href = address;
    return address;
  }

  #accepted(id) {
    const address = this.#name(id);
    if (location.hash !== address) history.pushState(null, "", address);
  }

  async #stop() {
    if (byId("stop").hidden || !this.#shown) return;
    try {
      await api.cancel(this.#shown);
    } catch (problem) {
      this.#refused(problem);
    }
  }

  /** Whether a program runs: then it can be stopped, and no other be run. */
  #running(runs) {
    const focused = document.activeElement;
    byId("run").disabled = runs;
    byId("stop").hidden = !runs;
    // What had the focus is no more: its counterpart is beside it.
    if (runs && focused === byId("run")) byId("stop").focus();
    if (!runs && focused === byId("stop")) byId("run").focus();
  }

  // MARK: What came of it

  #head(text, kind, ...more) {
    byId("verdict").replaceChildren(heading(text, kind, ...more));
  }

  /** Counts the time that a stage takes. */
  #time(text) {
    clearInterval(this.#clock);
    const begun = performance.now();
    const elapsed = make("span", { class: "elapsed" });
    const tick = () => (elapsed.textContent = duration(Math.round((performance.now() - begun) / 100) / 10));
    this.#head(text, "running", elapsed);
    tick();
    this.#clock = setInterval(tick, 100);
  }

  #show(execution, announces, output = new Output(byId("streams"))) {
    clearInterval(this.#clock);
    this.#running(false);
    const { result } = execution;
    byId("verdict").replaceChildren(...verdict(execution, share()).filter(Boolean));
    if (result) {
      output.finish({ ...result, files: execution.files.filter(({ path }) => !/^main\./i.test(path)) });
      const parts = [files(execution, this.#editor.text), violations(result), limitsHit(result), usage(execution), timeline(execution), isolation(result)];
      byId("details").replaceChildren(...parts.filter(Boolean));
    }
    if (announces) this.#announce(`${title(execution)}${result ? `, after ${duration(result.execution_time)}` : ""}`);
  }

  #refused(problem) {
    clearInterval(this.#clock);
    this.#running(false);
    // Without languages and limits there is no page, and a key that may only submit is given neither.
    const barred = problem.code === "forbidden" && !this.#limits;
    const words = barred ? "This key cannot use the page" : problem.status === 404 ? "There is no such program" : "That did not go";
    const another = async () => {
      if (await askForKey("api", "The page needs a key with the scopes read and submit.")) location.reload();
    };
    byId("verdict").replaceChildren(
      heading(words, "fault", problem.code ? make("code", {}, problem.code) : ""),
      make("p", { class: "message" }, visibleText(problem.message)),
      barred ? make("p", {}, "The page shows what programs did, which takes a key that may read as well as submit.") : "",
      problem.mend ? make("p", { class: "facts" }, visibleText(problem.mend)) : "",
      barred ? make("button", { type: "button", onclick: another }, "Give another key") : "",
    );
    this.#announce(barred ? `${words}: ${problem.message}` : problem.message);
  }

  /** Nothing has run yet. */
  #rest() {
    this.#begin(null);
    this.#running(false);
    this.#options.forget();
    byId("verdict").replaceChildren(
      make("p", { class: "welcome" }, "What runs here, runs in a sandbox of its own: no network, no file of the host’s, and a limit on everything."),
      make("p", { class: "welcome small" }, "Its output appears here as it comes, and then the verdict, with what proves it."),
    );
  }

  #announce(text) {
    byId("announcement").textContent = text;
  }
}

/** Copies the address of what is shown. */
function share() {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Copy it from the address bar";
    }
    setTimeout(() => (button.textContent = "Copy link"), 2_000);
  };
  const button = make("button", { type: "button", class: "quiet share", onclick: copy }, "Copy link");
  return button;
}
