/// The page's script: finding, filtering, ordering and opening samples.
///
/// Without it the page shows everything and these controls stay hidden.
enum PageScript {
    /// What the page's content security policy lets run: the text's SHA-256, in base64.
    static let hash = "sha256-xtT16LkMcCRtt6TV9bH2+kbfEslW7lHRRYF09pSZj2I="

    static let text = """
        "use strict";
        const id = (name) => document.getElementById(name);
        const list = id("rows");
        const rows = [...list.children];
        const tools = id("tools");
        const apply = () => {
          const words = id("find").value.toLowerCase();
          const verdict = id("verdict").value;
          let shown = 0;
          for (const row of rows) {
            const fits = verdict === "" || row.dataset.verdict === verdict
              || (verdict === "failed" && row.dataset.passed === "0");
            const found = words === "" || row.firstElementChild.textContent.toLowerCase().includes(words);
            row.hidden = !(fits && found);
            if (!row.hidden) shown += 1;
          }
          id("nothing").hidden = shown > 0;
        };
        const order = () => {
          const key = id("order").value;
          const sign = key === "index" ? 1 : -1;
          rows.sort((a, b) => sign * (a.dataset[key] - b.dataset[key]) || a.dataset.index - b.dataset.index);
          list.append(...rows);
        };
        const reveal = () => {
          const row = id(location.hash.slice(1));
          if (row && row.tagName === "DETAILS") { row.open = true; row.hidden = false; row.scrollIntoView(); }
        };
        id("find").addEventListener("input", apply);
        id("verdict").addEventListener("change", apply);
        id("order").addEventListener("change", order);
        id("expand").addEventListener("click", () => {
          const visible = rows.filter((row) => !row.hidden);
          const open = visible.some((row) => !row.open);
          for (const row of visible) row.open = open;
          id("expand").textContent = open ? "Close all" : "Open all";
        });
        tools.addEventListener("submit", (event) => event.preventDefault());
        addEventListener("hashchange", reveal);
        tools.hidden = false;
        reveal();
        """
}
