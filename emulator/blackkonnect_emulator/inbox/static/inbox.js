// What htmx leaves to do: long lists, the order of answers, focus, keys, panels, the connection, and the clock's
// ticking. It takes over what it puts into the page at once (`defaultSettleDelay`, in page.html): with its own delay, a
// key that came in between made the browser leave the page.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // --- Long lists: a chunk that is far from view is emptied, and keeps its height; it comes back in time.

  const watchers = new WeakMap();

  const watch = (chunk) => {
    const scroller = chunk.closest(".scroller");
    if (!scroller) return;
    if (!watchers.has(scroller)) {
      watchers.set(scroller, new IntersectionObserver(moved, { root: scroller, rootMargin: "1000px 0px" }));
    }
    watchers.get(scroller).observe(chunk);
  };

  const moved = (entries) => {
    for (const { target: chunk, isIntersecting } of entries) {
      chunk.far = !isIntersecting;
      if (isIntersecting && !chunk.childElementCount) htmx.trigger(chunk, "again");
      if (!isIntersecting) empty(chunk);
    }
  };

  const empty = (chunk) => {
    const shown = chunk.closest(".scroller")?.clientHeight;
    if (!shown || !chunk.childElementCount || chunk.contains(document.activeElement)) return;
    chunk.style.height = `${chunk.offsetHeight}px`;
    chunk.replaceChildren();
  };

  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, parameters } = event.detail;
    if (elt.matches(".chunk") && elt.far) event.preventDefault();
    // An update may have changed it since htmx read it, as other filters do to that of the details.
    if (elt.hasAttribute("hx-get")) event.detail.path = elt.getAttribute("hx-get");
    // Not `hx-vals`: that is handed down to the links of the chunk, and what it says here changes.
    for (const [name, value] of new URLSearchParams(elt.dataset.query)) parameters[name] = value;
  });

  // --- What was asked for last is what is shown, in whatever order the answers come.

  // The latest request for each of the two places, and what made it.
  const asked = { panel: null, workspace: null };

  const waits = (place) => (asked[place] && asked[place].xhr.readyState < XMLHttpRequest.DONE ? asked[place].by : null);

  const forget = (place) => {
    asked[place] = null;
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    const { xhr, target, requestConfig } = event.detail;
    const place = target.id === "panel" ? "panel" : requestConfig.boosted ? "workspace" : null;
    if (!place) return;
    if (place === "panel") opens(requestConfig.elt);
    const by = requestConfig.elt;
    asked[place] = { xhr, by, from: standing(by) };
    // Told to the element itself, for by then it may have left the page.
    const answered = (event) => {
      if (event.detail.xhr === xhr && asked[place]?.xhr !== xhr) event.preventDefault();
    };
    by.addEventListener("htmx:beforeOnLoad", answered, { once: true });
  });

  // --- Which phone and which message are open.

  const open = () => ({ phone: byId("thread")?.dataset.phone, message: byId("detail")?.dataset.message });

  const mark = () => {
    const { phone, message } = open();
    const set = (link, open) =>
      open ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
    for (const link of all("a[data-phone]")) set(link, link.dataset.phone === phone);
    for (const link of all("a[data-message]")) set(link, link.dataset.message === message);
  };

  // Not `afterSwap`: until then, htmx gives what is new the attributes of what was there by the same id.
  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.target;
    if (target.matches(".chunk")) target.style.height = "";
    for (const chunk of all(".chunk")) watch(chunk);
    for (const link of all("a[data-follow]")) {
      link.removeAttribute("data-follow");
      setTimeout(() => link.click());
    }
    if (target.id === "panel") opened();
    if (target.id === "bar") counted();
    mark();
    if (left && !left.focused.isConnected && unfocused()) comeBack(left);
    left = null;
    // On a small screen, what was closed had hidden what led there, and with it the focus.
    const step = asked.workspace;
    if (step?.xhr === event.detail.xhr && step.by.matches(".close, .back") && unfocused()) comeBack(step.from);
  });

  // --- Focus: where what has it leaves the page, it goes to what led there.

  // What had the focus before an update that may take it away, and what was open then.
  let left = null;

  const unfocused = () => !document.activeElement || document.activeElement === document.body;

  const standing = (focused) => ({ focused, pane: focused.closest("#phones, #thread, #detail")?.id, ...open() });

  const leaves = (event) => {
    const focused = document.activeElement;
    if (!unfocused() && event.target.contains(focused)) left = standing(focused);
  };
  document.addEventListener("htmx:beforeSwap", leaves);
  document.addEventListener("htmx:oobBeforeSwap", leaves);

  const named = (kind, name) => name && document.querySelector(`a[data-${kind}="${CSS.escape(name)}"]`);

  const messageOrThread = (message) => named("message", message) || document.querySelector("#thread .scroller");

  const phoneOrList = (phone) => named("phone", phone) || byId("phones");

  const comeBack = ({ pane, phone, message }) => {
    const now = open();
    if (pane === "detail" && now.message) document.querySelector("#detail .scroller").focus();
    else if (pane !== "phones" && now.phone) messageOrThread(message).focus();
    else phoneOrList(phone).focus();
  };

  // --- Panels.

  // Where the focus was when a panel was asked for, and what was open then.
  let opener = null;

  const opens = (by) => {
    const focused = unfocused() ? by : document.activeElement;
    // One panel that follows another leads back to where the first was asked for.
    if (!byId("panel").contains(by) && !byId("panel").contains(focused)) opener = standing(focused);
  };

  const opened = () => {
    const panel = byId("panel").firstElementChild;
    if (panel) (panel.querySelector("[data-first]") || panel).focus();
  };

  const closePanel = () => {
    forget("panel");
    byId("panel").replaceChildren();
    if (opener?.focused.isConnected) opener.focused.focus();
    else if (opener) comeBack(opener);
    opener = null;
  };

  const openPanel = (name) => document.querySelector(`.top [hx-get="/_emulator/inbox/panels/${name}"]`)?.click();

  document.addEventListener("click", (event) => {
    const target = event.target;
    if (target.closest("[data-close]")) closePanel();
    const copy = target.closest("[data-copy]");
    if (copy) {
      navigator.clipboard?.writeText(copy.dataset.copy).then(() => say("Copied."));
      copy.classList.add("done");
      setTimeout(() => copy.classList.remove("done"), 1200);
    }
    // A click anywhere on a bubble opens it, unless it was to select text.
    const bubble = target.closest(".bubble");
    if (bubble && !target.closest("a") && getSelection().isCollapsed) bubble.querySelector("a").click();
  });

  // --- Keys.

  const go = (step) => {
    const focused = document.activeElement;
    const inThread = focused.closest("#thread");
    const links = all(inThread ? "#thread a[data-message]" : "#phones a[data-phone]");
    // A thread has its newest message at the bottom, and first in the document.
    const way = inThread ? -step : step;
    const current = links.indexOf(focused.closest("a.row"));
    const open = links.findIndex((link) => link.hasAttribute("aria-current"));
    const from = current >= 0 ? current : open >= 0 ? open - way : way > 0 ? -1 : inThread ? links.length : 1;
    const link = links[Math.min(Math.max(from + way, 0), links.length - 1)];
    link?.focus();
    link?.closest("li").scrollIntoView({ block: "nearest" });
  };

  const enterThread = () => {
    const open = document.querySelector("#thread a[aria-current]") || document.querySelector("#thread a[data-message]");
    open?.focus();
  };

  const leaveThread = () => {
    const open = document.querySelector("#phones a[aria-current]") || document.querySelector("#phones a[data-phone]");
    open?.focus();
  };

  const escape = () => {
    if (byId("panel").firstElementChild || waits("panel")) return closePanel();
    if (document.activeElement.matches("#filters input")) return document.activeElement.blur();
    const step = waits("workspace");
    // What is about to open stays closed, and what is about to close counts as closed.
    if (step?.matches("a[data-phone], a[data-message]")) return forget("workspace");
    const { phone, message } = open();
    const close = step?.closest("#detail") ? null : document.querySelector("#detail .close");
    const back = document.querySelector("#thread .back");
    if (!close && !back) return;
    (close || back).click();
    (close ? messageOrThread(message) : phoneOrList(phone)).focus();
  };

  const KEYS = {
    j: () => go(1),
    ArrowDown: () => go(1),
    k: () => go(-1),
    ArrowUp: () => go(-1),
    ArrowRight: enterThread,
    ArrowLeft: leaveThread,
    "/": () => byId("q").select(),
    n: () => openPanel("send"),
    c: () => openPanel("clock"),
    f: () => openPanel("faults"),
    o: () => openPanel("numbers"),
    "?": () => openPanel("keys"),
    t: () => byId("theme").click(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      escape();
      return;
    }
    const focused = document.activeElement;
    if (focused.id === "q" && event.key === "ArrowDown") focused.blur();
    else if (focused.matches("input, select, textarea, .panel *, pre, #detail *")) {
      if (focused.matches("input, select, textarea") || event.key.startsWith("Arrow")) return;
    }
    const does = KEYS[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });

  // --- New messages, told to those who listen; and the connection.

  let known = null;

  const say = (words) => {
    byId("said").textContent = words;
  };

  const counted = () => {
    const count = Number(byId("bar").dataset.messages);
    if (known !== null && count > known) say(`${count - known} new message${count - known === 1 ? "" : "s"}`);
    known = count;
    ticked();
  };

  // The latest change that was told. What was asked for before it and comes after it is old already.
  let latest = 0;

  document.addEventListener("htmx:sseMessage", (event) => {
    latest = Number(event.detail.data);
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const version = event.detail.xhr?.getResponseHeader("Inbox-Version");
    if (version && Number(version) < latest) everything();
  });

  const everything = () => {
    for (const element of all("[hx-trigger*='again']")) htmx.trigger(element, "again");
  };

  document.addEventListener("htmx:sseError", () => {
    byId("lost").hidden = false;
    latest = 0;
  });

  document.addEventListener("htmx:sseOpen", () => {
    if (!byId("lost").hidden) everything();
    byId("lost").hidden = true;
  });

  // --- The clock ticks by itself between two updates.

  let base = { now: 0, factor: 0, at: 0 };

  const ticked = () => {
    const { now, factor } = byId("bar").dataset;
    base = { now: Number(now), factor: Number(factor), at: performance.now() };
  };

  const tick = () => {
    if (!base.factor || !byId("lost").hidden || document.hidden) return;
    const time = new Date(base.now + (performance.now() - base.at) * base.factor);
    if (!Number.isNaN(time.valueOf())) byId("now").textContent = time.toISOString().slice(11, 19);
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const chunk of all(".chunk")) watch(chunk);
    counted();
    setInterval(tick, 1000);
  });
})();
