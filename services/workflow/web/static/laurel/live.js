/* Live updates: a push says what changed, the page fetches what is. docs/events.md, section 7, says what it reads.
   One websocket for all pages of a browser: one page leads and holds it, the others hear by BroadcastChannel. Each page
   keeps a cursor, so that nothing is missed over a cut; the state is visible; while the line is away the page polls. */
(() => {
  "use strict";
  const COALESCE_MS = 150, FIRST_BACKOFF_MS = 500, LONGEST_BACKOFF_MS = 30000, HELLO_MS = 3000, FETCH_MS = 10000, BURST = 40;
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

  /* ---- this page and the line: the page gets its own tickets and hands them to whoever leads ---- */
  class Ended extends Error {}
  const shared = Boolean(navigator.locks && window.BroadcastChannel);
  const name = "laurel-live " + (page.wsUrl || "");
  const channel = shared ? new BroadcastChannel(name) : null;
  const me = Math.random().toString(36).slice(2);
  let cursor = page.liveSince || null, away = false, leading = false, giveUp = () => {};
  /* `held`: not on the line, or not with all topics; what comes by then does not move the cursor. */
  let silence = null, beat_ms = HELLO_MS, asking = null, held = true;
  let address = page.wsUrl || location.origin.replace(/^http/, "ws") + "/ws/";
  /* `send` reaches the other pages, `post` this one too. */
  const send = (message) => { if (channel) channel.postMessage(message); };
  const post = (message) => { send(message); receive(message); };

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
  /* Ask whoever leads to let this page's topics be heard from its cursor on. */
  const want = async (ticket) => {
    asking = null;
    if (away) return;
    try {
      post({ want: { page: me, topics, since: cursor, ticket: ticket === undefined ? await getTicket() : ticket } });
    } catch (error) {
      if (error instanceof Ended) end(); else ask(FIRST_BACKOFF_MS + jitter(LONGEST_BACKOFF_MS / 10));
    }
  };
  const ask = (after_ms) => { if (asking === null) asking = setTimeout(want, after_ms); };
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      if (leading) { lost(); return; }
      /* The page that leads is stuck: this one polls, and asks until somebody answers. */
      unheard("reconnecting");
      ask(0);
      heard();
    }, 2 * beat_ms + 1000);
  };
  const unheard = (next) => { held = true; show(next); poll(true); };
  const move = (to) => { if (to && !held) cursor = to; };
  const frames = {
    hello(frame) { beat_ms = frame.hb; },
    event(frame) {
      if (!topics.includes(frame.topic)) return;
      move(frame.c);
      tell("laurel:event", frame);
      later(frame.topic);
    },
    reset(frame) { if (topics.includes(frame.topic)) { cursor = frame.c; later(frame.topic); } },
    hb(frame) { move(frame.c); },
    deny(frame) {
      if (!topics.includes(frame.topic)) return;
      if (frame.reason === "rights_changed") { held = true; ask(300 + jitter(700)); }
      if (frame.reason === "not_granted") topics = topics.filter((topic) => topic !== frame.topic);
    },
  };
  const joined = ({ page: whose, from, stale, beat }) => {
    if (whose !== me) return;
    held = false;
    beat_ms = beat;
    poll(false);
    show("live");
    /* A page that does not know how old it is looks once; so does one whose topics were on the line before it. */
    if (cursor === null || stale) { cursor = from; later(ALL); }
  };
  const receive = (message) => {
    if (away) return;
    if (!message.want) heard();
    if (message.frame && frames[message.frame.t]) frames[message.frame.t](message.frame);
    if (message.joined) joined(message.joined);
    if (message.call) want();
    if (message.state) unheard(message.state);
    if (message.want && leading) admit(message.want);
  };
  const end = () => {
    away = true;
    stepDown();
    clearTimeout(silence);
    poll(false);
    show("offline");
  };

  /* ---- leading: the one socket of this browser ---- */
  let socket = null, attempt = 0, window_ms = null, waiting = null;
  let wants = [], sent = null, sent_count = 0, heardTopics = new Set();
  /* Before the socket is open nobody is admitted: all are called when it is. */
  const admit = (one) => { if (socket && socket.readyState === WebSocket.OPEN) { wants.push(one); next(); } };
  /* One subscription after the other: their answers carry no name. Past the burst the node allows one a second. */
  const next = () => {
    if (sent || !wants.length || !socket) return;
    sent = wants.shift();
    sent_count += 1;
    const line = socket, { ticket, topics: wanted, since } = sent;
    const say = () => { if (line === socket) line.send(JSON.stringify({ t: "sub", ticket, topics: wanted, since, each: true })); };
    if (sent_count > BURST) setTimeout(say, 1100); else say();
  };
  const answered = (frame) => {
    if (!sent) return;
    const stale = sent.topics.some((topic) => heardTopics.has(topic));
    heardTopics = new Set(frame.topics);
    attempt = 0;
    post({ joined: { page: sent.page, from: frame.from, stale, beat: beat_ms } });
    sent = null;
    next();
  };
  const drop = () => {
    clearTimeout(silence);
    wants = [];
    sent = null;
    heardTopics = new Set();
    if (!socket) return;
    /* A half-open socket takes long to close; nothing of it is waited for. */
    socket.onmessage = socket.onclose = null;
    socket.close();
    socket = null;
  };
  const lost = (event) => {
    drop();
    if (away || !leading) return;
    const code = event ? event.code : 0;
    send({ state: "reconnecting" });
    unheard(navigator.onLine === false ? "offline" : "reconnecting");
    const most = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(attempt, 10));
    attempt = code === 4429 || code === 4403 ? 10 : attempt + 1;
    waiting = setTimeout(connect, jitter(window_ms === null ? most : window_ms));
    window_ms = null;
  };
  const connect = async () => {
    clearTimeout(waiting);
    if (socket || away || !leading) return;
    try {
      const first = await getTicket();
      if (socket || away || !leading) return;
      socket = new WebSocket(address);
      sent_count = 0;
      beat_ms = HELLO_MS;
      heard();
      socket.onclose = lost;
      socket.onmessage = (message) => {
        const frame = JSON.parse(message.data);
        post({ frame });
        if (frame.t === "hello") { send({ call: true }); want(first); }
        if (frame.t === "ok") answered(frame);
        if (frame.t === "deny") heardTopics.delete(frame.topic);
        if (frame.t === "bye") window_ms = frame.retry;
      };
    } catch (error) {
      if (error instanceof Ended) end(); else lost();
    }
  };
  const lead = () => {
    leading = true;
    clearTimeout(asking);
    asking = null;
    connect();
    return new Promise((release) => { giveUp = release; });
  };
  const stepDown = () => { clearTimeout(waiting); drop(); leading = false; giveUp(); };
  const start = () => {
    away = false;
    if (!shared) { lead(); return; }
    navigator.locks.request(name, () => (away ? null : lead()));
    /* Unless the lock is ours at once, another page leads. */
    heard();
    ask(50);
  };

  if (channel) channel.onmessage = (message) => receive(message.data);
  window.addEventListener("offline", () => { if (!away && leading && socket) lost(); });
  window.addEventListener("online", () => { if (!away && leading && !socket) connect(); });
  window.addEventListener("pagehide", () => { away = true; poll(false); clearTimeout(silence); stepDown(); });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    later(ALL);
    start();
  });
  show("connecting");
  start();
})();
