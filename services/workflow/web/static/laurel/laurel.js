/* Laurel's one small script. Every page works without it; it makes the work quicker.
   Large type, menu, focus on errors, inbox keys and ticks, grids, autosave and guard, htmx with the CSRF token. */
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const cookie = (name) => (document.cookie.split("; ").find((one) => one.startsWith(name + "=")) || "").slice(name.length + 1);
  const csrf = () => cookie("csrftoken") || ($("input[name=csrfmiddlewaretoken]") || {}).value || "";
  const typing = (target) => target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  /* ---- htmx ---- */
  document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRFToken"] = csrf(); });
  /* 409 and 422 bring a page part that must be shown, like a success. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    if ([400, 403, 409, 422].includes(event.detail.xhr.status)) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });

  /* ---- large type ---- */
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-large-type]");
    if (!pressed) return;
    event.preventDefault();
    const large = root.dataset.type !== "large";
    if (large) root.dataset.type = "large"; else delete root.dataset.type;
    document.cookie = `laurel_type=${large ? "large" : ""}; path=/; max-age=${large ? 31536000 : 0}; samesite=lax`;
    $$("[data-large-type]").forEach((one) => one.setAttribute("aria-pressed", String(large)));
  });

  /* ---- menu, opening rows ---- */
  document.addEventListener("click", (event) => {
    const menu = event.target.closest("[data-menu]");
    if (menu) {
      const open = document.getElementById(menu.dataset.menu).classList.toggle("open");
      menu.setAttribute("aria-expanded", String(open));
    }
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      const shut = document.getElementById(opener.dataset.opens).classList.toggle("shut");
      opener.setAttribute("aria-expanded", String(!shut));
    }
    const phrase = event.target.closest("[data-insert]");
    if (phrase) {
      const field = document.getElementById(phrase.dataset.insert);
      const kept = field.value.trimEnd();
      field.value = kept ? `${kept}\n${phrase.textContent}` : phrase.textContent;
      field.focus();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (event.target.closest("[data-print]")) { event.preventDefault(); window.print(); }
    const picking = event.target.closest("[data-picking]");
    if (picking) {
      const on = document.getElementById(picking.dataset.picking).classList.toggle("picking");
      picking.setAttribute("aria-pressed", String(on));
    }
  });

  /* ---- inbox: keys, ticks of one stage and edition ---- */
  const rows = () => $$(".inbox tbody tr:not(.group-row)");
  let here = -1;
  const stand = (at) => {
    const all = rows();
    if (!all.length) return;
    here = Math.max(0, Math.min(at, all.length - 1));
    all.forEach((row, n) => row.classList.toggle("here", n === here));
    all[here].scrollIntoView({ block: "nearest" });
    $("a", all[here]).focus({ preventScroll: true });
  };
  const count = (form) => {
    const ticks = $$("[data-tick]", form);
    const on = ticks.filter((one) => one.checked);
    const group = on.length ? on[0].dataset.group : null;
    ticks.forEach((one) => { if (!one.hasAttribute("data-never")) one.disabled = group !== null && one.dataset.group !== group; });
    $$(`[data-ticked-count-of="${form.id}"]`).forEach((one) => { one.textContent = String(on.length); });
    $$(`[data-when-ticked-of="${form.id}"]`).forEach((one) => { one.hidden = on.length === 0; });
    $$(`[data-unless-ticked-of="${form.id}"]`).forEach((one) => { one.hidden = on.length > 0; });
    const all = $("[data-tick-all]", form);
    if (all) {
      const may = ticks.filter((one) => !one.hasAttribute("data-never") && (!group || one.dataset.group === group));
      all.checked = on.length > 0 && on.length === may.length;
      all.indeterminate = on.length > 0 && !all.checked;
    }
  };
  const tickAll = (all) => {
    const form = all.closest("form");
    const ticks = $$("[data-tick]:not([data-never])", form);
    const first = ticks.find((one) => one.checked) || ticks[0];
    const same = ticks.filter((one) => one.dataset.group === first.dataset.group);
    const on = same.some((one) => !one.checked);
    ticks.forEach((one) => { one.checked = on && one.dataset.group === first.dataset.group; });
    count(form);
  };
  const recount = () => $$("form[data-batch]").forEach(count);
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-tick]")) count(event.target.form);
    if (event.target.matches("[data-tick-all]")) tickAll(event.target);
    if (event.target.matches("[data-filter]")) event.target.form.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    const clear = event.target.closest("[data-untick]");
    if (!clear) return;
    $$("[data-tick]", clear.form).forEach((one) => { one.checked = false; });
    count(clear.form);
  });
  /* Rows that are drawn anew after a push keep what was ticked (a tick names the version it saw) and where one stands. */
  const matter = (row) => row && $("a", row).getAttribute("href");
  let kept = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!$(".inbox", event.detail.target)) return;
    const row = rows()[here];
    kept = {
      ticks: new Set($$("[data-tick]:checked", event.detail.target).map((one) => one.value)),
      matter: matter(row),
      focused: Boolean(row && row.contains(document.activeElement)),
    };
  });
  const putBack = () => {
    $$("[data-tick]:not([data-never])").forEach((one) => { if (kept.ticks.has(one.value)) one.checked = true; });
    const at = rows().findIndex((row) => matter(row) === kept.matter);
    /* What one stood on is gone: the next step down comes to what took its place. */
    here = at >= 0 ? at : here - 1;
    if (at >= 0 && kept.focused) $("a", rows()[at]).focus({ preventScroll: true });
    kept = null;
  };
  document.addEventListener("htmx:afterSwap", () => {
    if (kept) putBack();
    recount();
    rows().forEach((row, n) => row.classList.toggle("here", n === here));
  });
  const inboxKeys = {
    "/": () => $("[data-search]").focus(),
    j: () => stand(here + 1),
    k: () => stand(here - 1),
    Enter: () => { const row = rows()[here]; if (row) $("a", row).click(); },
    x: () => { const row = rows()[here]; const tick = row && $("[data-tick]", row); if (tick && !tick.disabled) tick.click(); },
    "?": () => { const help = $("[data-key-help]"); help.hidden = !help.hidden; if (!help.hidden) help.focus(); },
  };
  document.addEventListener("keydown", (event) => {
    if (!$("[data-inbox]") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { const help = $("[data-key-help]"); if (help) help.hidden = true; }
    if (typing(event.target)) return;
    if (event.key === "Enter" && event.target.matches("a, button, input")) return;
    const act = inboxKeys[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  /* ---- grids: arrows and Enter move in the column ---- */
  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-grid] [data-col]");
    if (!cell || event.isComposing) return;
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!step || (cell.matches("select") && event.key !== "Enter")) return;
    if (cell.type === "text" && step[1] && cell.selectionStart !== (step[1] < 0 ? 0 : cell.value.length)) return;
    /* Cells that are not asked have no field: along a row the next that is there, in a column the next row that has one. */
    const [along, across] = step[1] ? ["col", "row"] : ["row", "col"];
    const here = Number(cell.dataset[along]), way = step[0] + step[1];
    const line = $$("[data-grid] [data-col]:not(:disabled)", cell.closest("form")).filter((one) => one.dataset[across] === cell.dataset[across]);
    const ahead = line.filter((one) => (Number(one.dataset[along]) - here) * way > 0);
    const next = way < 0 ? ahead.pop() : ahead[0];
    event.preventDefault();
    if (next) { next.focus(); if (next.select && next.type === "text") next.select(); }
  });
  const openVeto = () => $$("[data-veto-form]").forEach((row) => {
    const chosen = $(`input[type=radio][data-opens-veto="${row.id}"]`);
    row.classList.toggle("open", Boolean(chosen && chosen.checked));
    $$("input, select, textarea", row).forEach((field) => { field.disabled = !(chosen && chosen.checked); });
  });
  document.addEventListener("change", (event) => { if (event.target.matches("[data-grid] input[type=radio]")) openVeto(); });
  document.addEventListener("click", (event) => {
    const fill = event.target.closest("[data-fill]");
    if (!fill) return;
    $$(`input[type=radio][value="${fill.dataset.fill}"]`, fill.form).forEach((one) => {
      const asked = $$(`input[name="${CSS.escape(one.name)}"]`, fill.form);
      if (!asked.some((other) => other.checked) || fill.hasAttribute("data-fill-all")) one.checked = true;
    });
    fill.form.dispatchEvent(new Event("input", { bubbles: true }));
    openVeto(); tally();
  });

  /* ---- vote: running tally ---- */
  const tally = () => $$("form[data-vote]").forEach((form) => {
    $$("[data-tally]").forEach((one) => { one.textContent = String($$(`input[type=radio][value="${one.dataset.tally}"]:checked`, form).length); });
    const left = $("[data-tally-left]");
    if (left) left.textContent = String($$("[data-line]", form).filter((line) => !$("input:checked", line)).length);
  });
  document.addEventListener("change", (event) => { if (event.target.closest("form[data-vote]")) tally(); });

  /* ---- autosave and guard ---- */
  const AUTOSAVE_MS = 3000, AGAIN_MS = 5000;
  const show = (form, state, at) => $$("[data-saved]").forEach((one) => {
    one.dataset.state = state;
    if (at) $("[data-saved-at]", one).textContent = at;
  });
  /* What the rules do not take is said beside the mark, and tried again with the next key stroke. */
  const refused = (form, told) => {
    form.dataset.dirty = "1";
    show(form, "refused");
    $$("[data-refused-words]").forEach((one) => { one.textContent = told.words; });
  };
  const save = async (form) => {
    form.dataset.saving = "1";
    show(form, "saving");
    const sent = new FormData(form);
    form.dataset.dirty = "";
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body: sent, headers: { "X-CSRFToken": csrf(), Accept: "application/json" }, credentials: "same-origin",
      });
      /* Somebody was first: sent as a form, the answer shows both and keeps what was typed. */
      if (answer.status === 409) { form.dataset.stopped = "1"; form.dataset.dirty = ""; form.submit(); return; }
      const told = answer.status === 422 || answer.ok ? await answer.json() : null;
      if (answer.status === 422) { refused(form, told); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      if (told.version !== undefined && form.elements.version) form.elements.version.value = told.version;
      if (form.dataset.dirty !== "1") show(form, "saved", told.saved_at);
    } catch (failure) {
      form.dataset.dirty = "1";
      show(form, "failed");
      window.setTimeout(() => later(form), AGAIN_MS);
    } finally { delete form.dataset.saving; }
  };
  const timers = new WeakMap();
  const later = (form) => {
    window.clearTimeout(timers.get(form));
    timers.set(form, window.setTimeout(() => (form.dataset.saving ? later(form) : save(form)), AUTOSAVE_MS));
  };
  const settle = async (form) => {
    window.clearTimeout(timers.get(form));
    while (form.dataset.saving) await new Promise((done) => window.setTimeout(done, 100));
    if (form.dataset.dirty === "1") await save(form);
  };
  document.addEventListener("input", (event) => {
    const form = event.target.closest ? event.target.closest("form[data-guard], form[data-autosave]") : null;
    if (!form || form.dataset.stopped || event.target.type === "file") return;
    form.dataset.dirty = "1";
    if (form.dataset.autosave) {
      if ($("[data-saved]") && $("[data-saved]").dataset.state !== "saving") show(form, "dirty");
      /* The first change starts the clock, further ones do not put it off: at most 5 s pass until it is saved. */
      if (!timers.get(form) || !form.dataset.waiting) { form.dataset.waiting = "1"; later(form); window.setTimeout(() => delete form.dataset.waiting, AUTOSAVE_MS); }
    }
  });
  /* A save that is still on its way comes first: sent beside it, the form would be overtaken by its own writer. */
  document.addEventListener("submit", (event) => {
    const form = event.target, by = event.submitter;
    if (!form.dataset.saving) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const wait = window.setInterval(() => { if (!form.dataset.saving) { window.clearInterval(wait); form.requestSubmit(by); } }, 50);
  });
  document.addEventListener("submit", (event) => { event.target.dataset.dirty = ""; event.target.dataset.stopped = "1"; window.clearTimeout(timers.get(event.target)); });
  window.addEventListener("beforeunload", (event) => { if ($$('form[data-dirty="1"]').length) event.preventDefault(); });

  /* ---- files: drop, and progress while they go up ---- */
  const send = (zone, input) => {
    const form = input.form;
    const bar = $("progress", zone);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("X-CSRFToken", csrf());
    request.upload.onprogress = (step) => { if (bar && step.lengthComputable) { bar.hidden = false; bar.max = step.total; bar.value = step.loaded; } };
    request.onload = () => {
      if (request.status < 400) { window.location.reload(); return; }
      if (bar) bar.hidden = true;
      const words = $("[data-drop-error]", zone);
      if (words) { words.hidden = false; $("[data-words]", words).textContent = request.getResponseHeader("X-Refused-Words") ? decodeURIComponent(request.getResponseHeader("X-Refused-Words")) : words.dataset.else; }
    };
    /* The page is drawn anew afterwards, so what was typed beside the file is saved first. */
    Promise.all($$("form[data-autosave]").map(settle)).then(() => request.send(new FormData(form)));
  };
  $$("[data-drop]").forEach((zone) => {
    const input = $("input[type=file]", zone);
    const over = (on) => (event) => { event.preventDefault(); zone.classList.toggle("over", on); };
    zone.addEventListener("dragover", over(true));
    zone.addEventListener("dragleave", over(false));
    zone.addEventListener("drop", (event) => { over(false)(event); input.files = event.dataTransfer.files; if (input.files.length) send(zone, input); });
    input.addEventListener("change", () => { if (input.files.length) send(zone, input); });
    const button = $("button[type=submit]", zone);
    if (button) button.hidden = true;
  });

  /* ---- at the start ---- */
  recount(); openVeto(); tally();
  const wrong = $("[data-focus]");
  if (wrong) wrong.focus();
})();
