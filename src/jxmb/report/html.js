"use strict";
(() => {
  const form = document.getElementById("filters"), list = document.getElementById("list");
  // The number of a message leads to its cell, that of a cell to its message; both are lit while one has the focus.
  const numbered = link => document.getElementById(link.getAttribute("href").slice(1)) ?? link;
  const light = link => {
    const section = link.closest(".form"), number = (link.closest(".finding") ?? numbered(link)).id;
    for (const one of document.querySelectorAll(".at")) one.classList.remove("at");
    document.getElementById(number)?.classList.add("at");
    for (const one of section.querySelectorAll(`.sheet a[href="#${number}"]`)) one.parentElement.classList.add("at");
  };
  const open = () => {
    const one = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const link = one?.matches(".finding") ? one.querySelector(":scope > a.m") : one?.matches("a.m") ? one : null;
    if (link) light(link);
    if (!(one instanceof HTMLDetailsElement)) return;
    one.open = true;
    one.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();
  document.addEventListener("focusin", event => { if (event.target.matches("a.m")) light(event.target); });
  document.addEventListener("click", event => {
    if (event.target.closest("summary, button, a:not(.m)") || event.metaKey || event.ctrlKey || getSelection().toString()) return;
    const one = event.target.closest("a.m, .finding, .sheet :is(td, th, dd, dt, li, p, span)");
    const link = one?.matches("a") ? one : one?.querySelector(":scope > a.m:not([hidden])");
    if (!link) return;
    event.preventDefault();
    const other = numbered(link), to = other.matches("a") ? other : other.querySelector(":scope > .m");
    to.focus({ preventScroll: true });
    (other.matches("a") ? other.parentElement : other).scrollIntoView({ block: "nearest" });
    light(link);
  });

  if (!form) return;
  const body = list.tBodies[0], status = document.getElementById("status");
  const rows = [...body.rows].map((row, at) => ({ row, at, sheet: document.getElementById(row.dataset.sheet) }));
  for (const one of rows) {
    one.findings = [...one.sheet.querySelectorAll(".finding")];
    one.marks = [...one.sheet.querySelectorAll(".sheet .m")];
  }
  const text = one => one.text ??= one.row.textContent.concat(" ", one.sheet.textContent).toLowerCase();
  const meets = (found, want) => (!want.severity || found.classList.contains(want.severity)) &&
    (!want.aspect || found.dataset.aspect === want.aspect) && (!want.rule || found.dataset.code === want.rule);
  const filter = () => {
    const want = Object.fromEntries(new FormData(form)), words = want.text.toLowerCase().split(/\s+/).filter(Boolean);
    const any = want.severity || want.aspect || want.rule;
    let shown = 0;
    for (const one of rows) {
      const met = new Set();
      for (const found of one.findings) {
        found.hidden = !meets(found, want);
        if (!found.hidden) met.add("#" + found.id);
      }
      for (const mark of one.marks) mark.hidden = !met.has(mark.getAttribute("href"));
      const keep = (!any || met.size) && (!want.department || one.sheet.dataset.department === want.department) &&
        words.every(word => text(one).includes(word));
      one.row.hidden = one.sheet.hidden = !keep;
      shown += keep ? 1 : 0;
    }
    status.textContent = status.dataset.said + " " + shown + " / " + rows.length;
  };
  let waiting;
  form.hidden = false;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 80); });
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  document.addEventListener("click", event => {
    const link = event.target.closest("[data-choice]");
    if (!link || !form.elements[link.dataset.choice]) return;
    form.reset();
    form.elements[link.dataset.choice].value = link.dataset.value;
    filter();
    if (link instanceof HTMLButtonElement) location.hash = "forms";
  });
  for (const one of document.querySelectorAll("button[data-choice]")) one.hidden = false;

  const heads = [...list.tHead.rows[0].cells], order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const end = rows[rows.length - 1].sheet.nextSibling;
  heads.forEach((head, column) => {
    const button = document.createElement("button"), number = head.classList.contains("n") && column > 0;
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const first = number ? "descending" : "ascending", other = number ? "ascending" : "descending";
      const way = head.getAttribute("aria-sort") === first ? other : first, sign = way === "ascending" ? 1 : -1;
      heads.forEach(one => one.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", way);
      const said = one => one.row.cells[column].textContent;
      const key = number ? one => parseFloat(said(one).replaceAll(",", "")) || 0 : said;
      const compare = number ? (a, b) => a - b : order.compare;
      rows.sort((a, b) => sign * compare(key(a), key(b)) || a.at - b.at);
      body.append(...rows.map(one => one.row));
      for (const one of rows) one.sheet.parentNode.insertBefore(one.sheet, end);
    });
  });
  filter();
})();
