/* Live updates: a push says what changed, the page fetches what is. docs/events.md, section 7, says what it reads.
   One websocket; a cursor, so that nothing is missed over a cut; a visible state; polling while the socket is away. */
(() => {
  "use strict";
  const COALESCE_MS = 150, FIRST_BACKOFF_MS = 500, LONGEST_BACKOFF_MS = 30000, HELLO_MS = 3000, FETCH_MS = 10000;
  const page = document.body.dataset;
  const words = (text) => (text || "").split(/\s+/).filter(Boolean);
  let topics = words(page.topics);
  if (!topics.length) return;

  const isPublic = (topic) => topic.startsWith("public:");
  const pollMs = 1000 * (Number(page.livePoll) || 5);
  const jitter = (most) => Math.random() * most;
  const elapsed = (ms) => new Promise((done) => { setTimeout(done, ms); });
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

  /* ---- the visible state ---- */
  let state = "connecting";
  const capital = (text) => text[0].toUpperCase() + text.slice(1);
  const show = (next) => {
    state = next;
    document.querySelectorAll("[data-live]").forEach((line) => {
      line.dataset.state = state;
      const text = line.dataset["text" + capital(state)];
      const place = line.querySelector("[data-live-text]") || line;
      /* Written only when it changes: the line is read aloud. */
      if (text && place.textContent !== text) place.textContent = text;
    });
    tell("laurel:state", { state });
  };
  const synchronised = () => {
    const time = new Date().toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour12: false });
    document.querySelectorAll("[data-synced-at]").forEach((place) => { place.textContent = time; });
  };

  /* ---- fragments: one fetch for a burst, never two at once of the same address ---- */
  const ALL = "*";
  const changed = new Set();
  const again = new Set();
  const busy = new Map();
  let timer = null;
  const concerned = (part) => {
    if (again.has(part.dataset.liveFragment)) return true;
    const own = words(part.dataset.liveMatch);
    return changed.has(ALL) || !own.length || own.some((topic) => changed.has(topic));
  };
  const typingIn = (part) => part.contains(document.activeElement)
    && document.activeElement.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const fetchInto = async (part, url) => {
    if (window.htmx) {
      /* The part's own hx-swap and hx-select count, where it has them. */
      const swap = part.hasAttribute("hx-swap") ? undefined : "outerHTML";
      await Promise.race([window.htmx.ajax("GET", url, { source: part, swap }), elapsed(FETCH_MS)]);
      return;
    }
    const answer = await fetch(url, { credentials: "same-origin", headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = document.createElement("template");
    fresh.innerHTML = await answer.text();
    part.replaceWith(fresh.content);
  };
  const refresh = async (part) => {
    const url = part.dataset.liveFragment;
    if (typingIn(part)) {
      /* What is being typed is not taken away; the part follows when the field is left. */
      part.addEventListener("focusout", () => oncemore(url), { once: true });
      return;
    }
    if (busy.has(url)) { busy.set(url, true); return; }
    busy.set(url, false);
    try {
      await fetchInto(part, url);
      synchronised();
    } catch {
      /* The server is away: the poll or the next push asks again. */
    }
    const overtaken = busy.get(url);
    busy.delete(url);
    /* Something changed while the answer was on its way: it may be older than the change. */
    if (overtaken) oncemore(url);
  };
  const flush = () => {
    timer = null;
    const parts = [...document.querySelectorAll("[data-live-fragment]")].filter(concerned);
    changed.clear();
    again.clear();
    parts.forEach(refresh);
  };
  const soon = () => { if (timer === null) timer = setTimeout(flush, COALESCE_MS); };
  const later = (topic) => { changed.add(topic); soon(); };
  const oncemore = (url) => { again.add(url); soon(); };

  /* ---- polling while there is no socket ---- */
  let polling = null;
  const poll = (on) => {
    if (on && polling === null) polling = setInterval(() => { if (!document.hidden) later(ALL); }, pollMs);
    if (!on && polling !== null) { clearInterval(polling); polling = null; }
  };

  /* ---- the socket ---- */
  class Ended extends Error {}
  let socket = null, cursor = page.liveSince || null, attempt = 0, window_ms = null;
  let silence = null, beat_ms = HELLO_MS, waiting = null, away = false;
  let address = page.wsUrl || location.origin.replace(/^http/, "ws") + "/ws/";

  const csrf = () => {
    const cookie = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
    const field = document.querySelector("meta[name=csrf-token], input[name=csrfmiddlewaretoken]");
    return cookie ? cookie.slice(10) : field ? field.content || field.value : "";
  };
  const getTicket = async () => {
    if (topics.every(isPublic)) return null;
    const answer = await fetch(page.ticketUrl || "/api/v1/ticket", {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() },
      body: JSON.stringify({ topics: topics.filter((topic) => !isPublic(topic)) }),
    });
    if (answer.status === 401) throw new Ended();
    if (!answer.ok) throw new Error(String(answer.status));
    const granted = await answer.json();
    /* Where notify is a process of its own, the answer says where. */
    if (granted.notify && !page.wsUrl) address = new URL("/ws/", granted.notify).href.replace(/^http/, "ws");
    return granted.ticket;
  };
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(lost, 2 * beat_ms + 1000);
  };
  const drop = () => {
    clearTimeout(silence);
    if (!socket) return;
    /* A half-open socket takes long to close; nothing of it is waited for. */
    socket.onmessage = socket.onclose = null;
    socket.close();
    socket = null;
  };
  const end = () => {
    drop();
    away = true;
    poll(false);
    show("offline");
  };
  const lost = (event) => {
    drop();
    if (event && event.code === 4403) { end(); return; }
    if (away) return;
    show(navigator.onLine === false ? "offline" : "reconnecting");
    poll(true);
    const most = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(attempt, 10));
    attempt = event && event.code === 4429 ? 10 : attempt + 1;
    waiting = setTimeout(connect, jitter(window_ms === null ? most : window_ms));
    window_ms = null;
  };
  const subscribe = (ticket) => socket.send(JSON.stringify({ t: "sub", ticket, topics, since: cursor }));
  let renewing = null;
  const renew = async () => {
    renewing = null;
    try {
      subscribe(await getTicket());
    } catch (error) {
      if (error instanceof Ended) end(); else lost();
    }
  };
  const frames = {
    ok(frame) {
      attempt = 0;
      poll(false);
      show("live");
      /* A page that does not know how old it is looks once. */
      if (cursor === null) { cursor = frame.from; later(ALL); }
    },
    event(frame) {
      cursor = frame.c;
      tell("laurel:event", frame);
      later(frame.topic);
    },
    reset(frame) { cursor = frame.c; later(frame.topic); },
    hb(frame) { if (frame.c) cursor = frame.c; },
    bye(frame) { window_ms = frame.retry; },
    deny(frame) {
      if (frame.reason === "rights_changed") {
        if (renewing === null) renewing = setTimeout(renew, 300 + jitter(700));
      } else if (frame.reason === "not_granted") {
        topics = topics.filter((topic) => topic !== frame.topic);
      }
    },
  };
  const connect = async () => {
    clearTimeout(waiting);
    if (socket || away) return;
    try {
      const ticket = await getTicket();
      if (socket || away) return;
      socket = new WebSocket(address);
      beat_ms = HELLO_MS;
      heard();
      socket.onclose = lost;
      socket.onmessage = (message) => {
        heard();
        const frame = JSON.parse(message.data);
        if (frame.t === "hello") {
          beat_ms = frame.hb;
          subscribe(ticket);
        } else if (frames[frame.t]) {
          frames[frame.t](frame);
        }
      };
    } catch (error) {
      if (error instanceof Ended) end(); else lost();
    }
  };

  window.addEventListener("offline", () => { if (!away && socket) lost(); });
  window.addEventListener("online", () => { if (!away && !socket) connect(); });
  window.addEventListener("pagehide", () => { away = true; clearTimeout(waiting); poll(false); drop(); });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    away = false;
    later(ALL);
    connect();
  });
  show("connecting");
  connect();
})();
