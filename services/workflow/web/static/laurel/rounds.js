/* Grids of rounds: running subtotals of a score sheet, counts of answers. The server counts again; this is for the eye. */
(() => {
  "use strict";
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const firstNumber = (part, n) => { if (part) part.textContent = part.textContent.replace(/\d+/, String(n)); };
  const progress = (n) => {
    const words = document.querySelector(".progress-line .nobr");
    if (!words) return;
    firstNumber(words, n);
    const [done, of] = words.textContent.match(/\d+/g).map(Number);
    const bar = document.querySelector(".progress-line .fill");
    if (bar && of) bar.setAttribute("width", `${Math.min(100, 100 * done / of)}%`);
  };
  const plain = (n) => String(Number(n.toFixed(2)));

  /* A mark as the server reads it: full-width figures too; null is empty, NaN no number, "na" does not apply.
     Points that follow from figures stand in an output as the server reckoned them. */
  const mark = (input, words) => {
    if (input.matches("output")) return input.dataset.points === "n/a" ? "na" : input.dataset.points === "" ? null : Number(input.dataset.points);
    const text = input.value.normalize("NFKC").replace("。", ".").trim();
    if (!text) return null;
    if (text.toLowerCase() === "n/a" || text === words) return "na";
    return /^(\d{1,9}(\.\d*)?|\.\d+)$/.test(text) && Number(text) <= Number(input.dataset.max) ? Number(text) : NaN;
  };

  const sumRow = (row, form) => {
    const inputs = $$("[data-max]", row);
    const marks = inputs.map((input) => mark(input, form.dataset.na));
    const given = marks.filter((one) => one !== null && !Number.isNaN(one));
    let sum = 0, of = 0;
    inputs.forEach((input, n) => { if (typeof marks[n] === "number" && !Number.isNaN(marks[n])) { sum += marks[n]; of += Number(input.dataset.max); } });
    inputs.forEach((input, n) => { if (input.matches("output")) return; if (Number.isNaN(marks[n])) input.setAttribute("aria-invalid", "true"); else input.removeAttribute("aria-invalid"); });
    const cell = row.querySelector("[data-sum]");
    const short = given.length > 0 && sum * 100 < of * Number(form.dataset.flag);
    cell.classList.toggle("short", short);
    cell.textContent = "";
    if (!given.length) cell.textContent = cell.dataset.none;
    else {
      if (short) { const sign = document.createElement("span"); sign.className = "sign"; sign.textContent = "▽ "; cell.append(sign); }
      const total = document.createElement("b");
      total.textContent = sum.toFixed(2);
      cell.append(total, ` / ${plain(of)}`);
    }
    const state = given.length === inputs.length ? "scored" : given.length ? "scoring" : "not_begun";
    $$("[data-is]", row).forEach((one) => { one.hidden = one.dataset.is !== state; });
    return state === "scored";
  };
  const sumAll = (form) => {
    const rows = $$("tr[data-scored]", form);
    const done = rows.filter((row) => sumRow(row, form));
    const whole = done.length;
    $$("tr.town", form).forEach((town) => firstNumber(town.querySelector("span"), done.filter((row) => row.parentNode === town.parentNode).length));
    firstNumber(document.querySelector("[data-complete]"), whole);
    progress(whole);
  };

  const count = (form) => {
    const names = new Set($$("input[type=radio]", form).map((one) => one.name));
    let open = 0;
    const counted = {};
    names.forEach((name) => {
      const chosen = form.querySelector(`input[name="${CSS.escape(name)}"]:checked`);
      if (chosen) counted[chosen.value] = (counted[chosen.value] || 0) + 1; else open += 1;
    });
    $$("[data-counts] [data-count-of]").forEach((one) => { one.textContent = String(one.dataset.countOf ? counted[one.dataset.countOf] || 0 : open); });
    const fill = document.querySelector("[data-fill]");
    if (fill) { firstNumber(fill, open); fill.hidden = open === 0; }
    progress(names.size - open);
  };

  /* The points of one cell, asked of the server when one of its figures has changed. */
  const reckon = async (field, form) => {
    const cell = field.closest(".figure-cell"), out = cell.querySelector("output");
    const asked = new URLSearchParams({ line: out.dataset.line, criterion: out.dataset.criterion });
    const fields = $$("[data-figure]", cell);
    fields.forEach((one) => asked.set(one.name, one.value));
    const answer = await fetch(`${form.dataset.reckon}?${asked}`, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) return;
    const told = await answer.json();
    out.dataset.points = told.points;
    out.textContent = told.shown || told.words;
    out.classList.toggle("wrong", Boolean(told.words));
    fields.forEach((one) => { if (told.words) one.setAttribute("aria-invalid", "true"); else one.removeAttribute("aria-invalid"); });
    sumAll(form);
  };

  const grid = document.getElementById("grid");
  if (!grid) return;
  if (grid.dataset.reckon) grid.addEventListener("change", (event) => { if (event.target.matches("[data-figure]")) reckon(event.target, grid); });
  const again = () => (grid.hasAttribute("data-scores") ? sumAll(grid) : count(grid));
  grid.addEventListener("input", again);
  grid.addEventListener("change", again);
  again();
})();
