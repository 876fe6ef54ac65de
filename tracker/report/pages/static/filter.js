// Chooses and sorts the rows of the table of forecasts. Without it the table is whole, in the order of closing.
"use strict";

(() => {
  const table = document.querySelector("table.ledger");
  if (!table) return;
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const column = Object.fromEntries(heads.map((head, index) => [head.dataset.sort, index]));
  const rank = { confirmed: 0, refuted: 1, pending: 2, void: 3 };
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  const cell = (row, name) => (name in column ? row.cells[column[name]].textContent.trim() : "");
  const rows = [...body.rows].map((row) => ({ row, status: row.dataset.status }));

  // Read from a row when somebody asks, since most who come to a long list do not.
  const read = {
    forecaster: (row) => cell(row, "forecaster"),
    tags: (row) => (row.dataset.tags || "").split("|"),
    text: (row) => fold([row.textContent, row.dataset.tags, row.querySelector("a").getAttribute("href")].join(" ")),
  };
  const of = (entry, name) => (entry[name] ??= read[name](entry.row));

  // Sorting: a button in each head, the same again turns the order round.
  const keys = {
    status: (entry) => rank[entry.status],
    said: (entry) => parseFloat(cell(entry.row, "said")),
    claim: (entry) => fold(cell(entry.row, "claim")),
    forecaster: (entry) => fold(of(entry, "forecaster")),
    closes: (entry) => (/\d/.test(cell(entry.row, "closes")) ? cell(entry.row, "closes") : "~"),
  };
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const compare = (one, other) => (typeof one === "number" ? one - other : words.compare(one, other));

  const sort = (head) => {
    const turned = head.getAttribute("aria-sort") === "ascending";
    const key = keys[head.dataset.sort];
    const keyed = rows.map((entry, index) => [key(entry), index, entry]);
    keyed.sort((a, b) => (turned ? -1 : 1) * compare(a[0], b[0]) || a[1] - b[1]);
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", turned ? "descending" : "ascending");
    body.append(...keyed.map(([, , entry]) => entry.row));
  };

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head));
    head.append(button);
  }

  // Choosing: what the form says is kept in the address, so that a choice can be linked to.
  const form = document.getElementById("filter");
  if (!form) return;
  const shown = form.querySelector(".shown");
  const none = document.querySelector("p.none");
  const fields = [...form.elements].filter((field) => field.name);

  const choose = () => {
    const asked = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    const sought = fold(asked.text || "").split(/\s+/).filter(Boolean);
    let count = 0;
    for (const entry of rows) {
      const fits =
        (!asked.status || entry.status === asked.status) &&
        (!asked.forecaster || of(entry, "forecaster") === asked.forecaster) &&
        (!asked.tag || of(entry, "tags").includes(asked.tag)) &&
        sought.every((word) => of(entry, "text").includes(word));
      if (entry.row.hidden === fits) entry.row.hidden = !fits;
      count += fits;
    }
    shown.textContent = count === rows.length ? `All ${rows.length} forecasts` : `${count} of ${rows.length} forecasts`;
    none.hidden = count > 0;
    table.hidden = count === 0;
  };

  const remember = () => {
    const asked = new URLSearchParams(fields.filter((field) => field.value).map((field) => [field.name, field.value]));
    history.replaceState(null, "", asked.size ? `#${asked}` : location.pathname + location.search);
  };

  const recall = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const field of fields) field.value = asked.get(field.name) ?? "";
    for (const field of fields) if (field.value === "" && field.options) field.selectedIndex = 0;
    choose();
  };

  let waiting = 0;
  form.addEventListener("input", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => { choose(); remember(); });
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { choose(); remember(); }));
  window.addEventListener("hashchange", recall);
  form.hidden = false;
  recall();
})();
