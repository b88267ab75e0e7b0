/* Checks in the browser what a public page says against the transparency log: by public data and Web Crypto alone.
   What it checks stands in docs/transparency.md; the page works without it. */
(() => {
  "use strict";
  const bytes = (text) => new TextEncoder().encode(text);
  const fromHex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
  const fromBase64 = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const hex = (content) => [...new Uint8Array(content)].map((one) => one.toString(16).padStart(2, "0")).join("");
  const joined = (...parts) => {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
    return all;
  };
  const sha256 = async (content) => new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  const same = (one, other) => hex(one) === hex(other);

  /* Text, signatures, size and root of a C2SP signed note. */
  function opened(note) {
    const gap = note.lastIndexOf("\n\n");
    const text = note.slice(0, gap + 1);
    const [origin, size, root] = text.split("\n");
    const signatures = note.slice(gap + 2).split("\n").filter(Boolean).map((line) => line.split(" ").slice(1));
    return { text, origin, size: Number(size), root: fromBase64(root), signatures };
  }

  /* RFC 9162, 2.1.3.2: the root to which a path leads. */
  async function climbed(index, size, leaf, path) {
    let place = index, last = size - 1, found = leaf;
    for (const step of path.map(fromHex)) {
      if (last === 0) return null;
      if (place % 2 === 1 || place === last) {
        found = await sha256(joined([1], step, found));
        while (place % 2 === 0 && place !== 0) { place = Math.floor(place / 2); last = Math.floor(last / 2); }
      } else found = await sha256(joined([1], found, step));
      place = Math.floor(place / 2); last = Math.floor(last / 2);
    }
    return last === 0 ? found : null;
  }

  const equal = (one, other) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
  function sorted(value) {
    if (Array.isArray(value)) return value.map(sorted);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
  }

  /* Each member of what was published must be what the data tell now, and each row on the page must be one of it. */
  function shownHolds(body, shown) {
    const told = Object.entries(body).every(([name, value]) => name === "salt" || equal(value, shown[name]));
    const lines = new Map((body.lines || []).map((line) => [String(line.position), line]));
    const rows = [...document.querySelectorAll(".name-list tbody tr")].filter((row) => row.querySelector("td.no"));
    const page = document.getElementById("main").textContent;
    const named = ["number", "title", "unit"].every((name) => !body[name] || page.includes(body[name]));
    return told && named && rows.every((row) => {
      const line = lines.get(row.querySelector("td.no").textContent.trim());
      return line !== undefined && row.textContent.includes(line.unit);
    });
  }

  const ED25519 = 1;

  /* Whether the key of a kind that browsers know signed; lines of other kinds are named, not verified. */
  async function signatureHolds(note, keys, tellKey, tellOther) {
    let holds = null;
    for (const text of keys) {
      const [name, id, encoded] = [text.split("+")[0], text.split("+")[1], text.split("+").slice(2).join("+")];
      const key = fromBase64(encoded);
      const number = (await sha256(joined(bytes(name + "\n"), key))).slice(0, 4);
      const mine = note.signatures.find(([signer, content]) => signer === name && same(fromBase64(content).slice(0, 4), number));
      if (hex(number) !== id || !mine) continue;
      if (key[0] !== ED25519) { tellOther(id); continue; }
      if (holds !== null) continue;
      tellKey(text);
      const known = await crypto.subtle.importKey("raw", key.slice(1), { name: "Ed25519" }, false, ["verify"]);
      holds = await crypto.subtle.verify({ name: "Ed25519" }, known, fromBase64(mine[1]).slice(4), bytes(note.text));
    }
    return holds === true;
  }

  async function unlessUnable(check) {
    try { return await check(); } catch (error) { if (error instanceof TypeError) throw error; return null; }
  }

  async function checked(proof, shown, tellKey, tellOther) {
    const entry = JSON.parse(proof.entry), note = opened(proof.checkpoint);
    const body = proof.body === null ? null : JSON.parse(proof.body);
    const able = window.crypto && crypto.subtle, sums = able && proof.hash === "sha256"; // browsers have no SM3
    const path = async () => {
      const leaf = await sha256(joined([0], bytes(proof.entry)));
      const root = await climbed(proof.index, note.size, leaf, proof.path);
      return root !== null && same(root, note.root);
    };
    return {
      shown: body !== null && shownHolds(body, shown),
      digest: able ? body !== null && hex(await sha256(bytes(proof.body))) === entry.digest : null,
      path: sums ? await path() : null,
      signature: able ? await unlessUnable(() => signatureHolds(note, proof.keys, tellKey, tellOther)) : null,
    };
  }

  async function fetched(address) {
    const answer = await fetch(address, { credentials: "omit", headers: { Accept: "application/json" } });
    if (!answer.ok) throw new TypeError(address);
    return answer.json();
  }

  function tell(box, found) {
    const list = box.querySelector("[data-verify-steps]"), values = Object.values(found);
    for (const [name, holds] of Object.entries(found)) {
      const line = list.querySelector(`[data-step="${name}"]`);
      line.dataset.holds = holds === null ? "unknown" : holds ? "yes" : "no";
      line.dataset.words = list.dataset[line.dataset.holds];
      let mark = line.querySelector(".verify-mark");
      if (!mark) { mark = document.createElement("span"); mark.className = "verify-mark"; line.insertBefore(mark, line.querySelector("[data-verify-key]")); }
      mark.textContent = line.dataset.words;
    }
    list.hidden = false;
    return values.includes(false) ? "spoiled" : values.includes(null) ? "part" : "sound";
  }

  for (const box of document.querySelectorAll("[data-verify]")) {
    const button = box.querySelector("[data-verify-start]"), said = box.querySelector("[data-verify-said]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      said.textContent = said.dataset.busy;
      try {
        const [proof, shown] = await Promise.all([fetched(box.dataset.proof), fetched(box.dataset.shown)]);
        const other = box.querySelector("[data-verify-other]");
        const found = await checked(
          proof, shown,
          (key) => { box.querySelector("[data-verify-key]").textContent = key; },
          (id) => { other.textContent = `${other.dataset.words} ${id}`; },
        );
        said.dataset.state = tell(box, found);
      } catch (error) {
        said.dataset.state = "away";
      }
      said.textContent = said.dataset[said.dataset.state];
      button.disabled = false;
    });
  }
})();
