// What the pages do without asking the server: times, strip, card menu, toasts, activity panel, forms.
// Delegated from the document and told of new nodes by one observer, so it never touches what React owns.
(() => {
  const root = document.documentElement;
  const board = (window.leadboard = { lead: "" });
  // Made when first needed: the first of a browser's formats takes 50 ms, which the first cards would wait for.
  board.once = (make) => { let made; return () => (made ??= make()); };
  const all = (selector, within = document) => within.querySelectorAll(selector);
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  // Times: the server sends when, the page says how long ago.
  const STEPS = [[60, 1, "s"], [3600, 60, "min"], [86400, 3600, "h"], [30 * 86400, 86400, "d"]];
  const exact = board.once(() => new Intl.DateTimeFormat([], { dateStyle: "long", timeStyle: "medium" }));
  const day = board.once(() => new Intl.DateTimeFormat([], { day: "numeric", month: "short", year: "numeric" }));
  const HOUR = 3600; // clocks differ by less, so a time further ahead is meant
  function ago(then, now, sentence) {
    const seconds = (now - then) / 1000;
    const step = STEPS.find(([limit]) => seconds < limit);
    if (seconds > -HOUR && seconds < 5) return sentence ? "just now" : "now";
    if (step && seconds > 0) return `${Math.floor(seconds / step[1])} ${step[2]}${sentence ? " ago" : ""}`;
    return day().format(then);
  }
  function tell(time) {
    const then = new Date(time.dateTime);
    if (isNaN(then)) return;
    const words = ago(then, new Date(), "ago" in time.dataset);
    if (time.textContent !== words) time.textContent = words;
  }
  addEventListener("pointerover", ({ target }) => {
    const time = target.closest("time[datetime]");
    const then = new Date(time?.dateTime);
    if (!isNaN(then)) time.title = exact().format(then);
  });
  setInterval(() => all("time[datetime]").forEach(tell), 10_000);

  // Strip: a press scrolls to the column; segments of columns in view are marked.
  const column = (key) => document.querySelector(`[data-column="${CSS.escape(key)}"]`);
  const segment = (key) => document.querySelector(`[data-to="${CSS.escape(key)}"]`);
  function mark({ target, intersectionRatio: seen }) {
    const place = segment(target.dataset.column);
    if (!place) return;
    place.toggleAttribute("data-seen", seen > 0.6);
    place.toggleAttribute("data-here", seen > 0.6);
    if (seen > 0.6 && matchMedia("(max-width: 767px)").matches) {
      const strip = place.parentElement;
      strip.scrollTo({ left: place.offsetLeft - 48, behavior: calm() ? "auto" : "smooth" });
    }
  }
  const inView = new IntersectionObserver((entries) => entries.forEach(mark), { threshold: [0, 0.6, 0.61, 1] });

  // Card menu: one for the board; its trigger is moved to the pressed More, which gets the focus back.
  let pressed = null;
  board.about = (card) => {
    board.lead = card.dataset.lead;
    board.version = Number(card.dataset.version);
    root.dataset.menu = card.dataset.state;
    root.dataset.menuIn = card.closest("[data-column]").dataset.column;
  };
  function openMenu(more, byKey) {
    const trigger = document.getElementById("card-menu");
    if (!trigger) return;
    const card = more.closest("[data-lead]");
    board.about(card);
    if (board.openSheet(card)) return;
    const { right, bottom } = more.getBoundingClientRect();
    trigger.style.left = `${right - 1}px`;
    trigger.style.top = `${bottom - 1}px`;
    pressed = more;
    const options = { bubbles: true, cancelable: true };
    trigger.dispatchEvent(
      byKey
        ? new KeyboardEvent("keydown", { ...options, key: "ArrowDown" })
        : new PointerEvent("pointerdown", { ...options, button: 0, pointerType: "mouse" }),
    );
  }
  document.addEventListener("focusin", ({ target }) => {
    if (target.id !== "card-menu") return;
    const more = pressed?.isConnected ? pressed : document.querySelector(`[data-more="${CSS.escape(board.lead)}"]`);
    queueMicrotask(() => more?.focus({ preventScroll: true })); // when all have heard of the trigger
  });

  // Lead sheet: closing it returns the focus to the card it was opened from.
  let opened = "";
  board.backToCard = () => {
    document.querySelector(`[data-lead="${CSS.escape(opened)}"] a`)?.focus({ preventScroll: true });
  };

  // Toasts: time runs only while nobody points at one, focuses one or looks away.
  setInterval(() => {
    if (document.hidden || document.querySelector(".toasts:is(:hover, :focus-within)")) return;
    for (const toast of all(".toast")) {
      const seconds = Number(toast.dataset.seconds);
      const age = (toast.age = (toast.age ?? 0) + 0.5);
      if (seconds > 0 && age === Math.ceil(seconds * 2) / 2) toast.querySelector("[data-close]").click();
    }
  }, 500);

  // Activity panel: open or closed, remembered in this browser.
  const remembered = localStorage.getItem("activity");
  if (remembered === "closed" || (remembered && innerWidth >= 1280)) root.dataset.activity = remembered;
  function setActivity(value) {
    root.dataset.activity = value;
    localStorage.setItem("activity", value);
    document.querySelector(value === "open" ? ".activity .btn" : "#activity-open")?.focus();
  }

  // Single letters: shortcuts or not, remembered in this browser; keys.js asks.
  const letters = (box) => { box.checked = localStorage.getItem("shortcuts") !== "off"; };
  addEventListener("change", ({ target }) => {
    if (target.matches("[data-shortcuts]")) localStorage.setItem("shortcuts", target.checked ? "on" : "off");
  });

  // Passwords: show, and how strong.
  function reveal(button) {
    const input = document.getElementById(button.dataset.reveal);
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", shown);
  }
  function strength(value) {
    if (!value) return 0;
    const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(value)).length;
    return value.length < 12 ? 1 : Math.min(4, 1 + Math.floor(value.length / 8) + (kinds > 2));
  }

  // Without a connection what writes is off, and says why: a change is made now or not at all.
  const LOST = "The connection is lost. Changes are off until it is back.";
  const OFF = { lost: LOST, reconnecting: LOST, offline: "You are offline. Changes are off until you are back." };
  const were = new Map(); // control that is off -> what its attributes said before
  board.off = () => OFF[root.dataset.connection] ?? "";
  const put = (control, name, value) => (value === null ? control.removeAttribute(name) : control.setAttribute(name, value));
  function setWriting() {
    const why = board.off();
    for (const control of all("[data-writes]")) {
      if (why && !were.has(control)) {
        were.set(control, ["aria-disabled", "title"].map((name) => [name, control.getAttribute(name)]));
        put(control, "aria-disabled", "true");
      }
      if (why && control.title !== why) control.title = why;
    }
    if (!why) {
      for (const [control, before] of were) for (const [name, value] of before) put(control, name, value);
      were.clear();
    }
    if (refusal()?.textContent) board.refuse();
  }
  const refusal = () => document.getElementById("off-says");
  board.refuse = () => {
    const [place, why] = [refusal(), board.off()];
    if (place.textContent === why) return;
    place.togglePopover(Boolean(why));
    place.textContent = why;
  };

  addEventListener("click", (event) => {
    if (!board.off() || !event.target.closest?.("[data-writes]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    board.refuse();
  }, true);

  document.addEventListener("click", (event) => {
    const on = (name) => event.target.closest?.(`[data-${name}]`);
    let it;
    if ((it = on("lead"))) opened = it.dataset.lead;
    if ((it = on("more"))) openMenu(it, event.detail === 0);
    else if ((it = on("to"))) {
      column(it.dataset.to)?.scrollIntoView({
        behavior: calm() ? "auto" : "smooth", block: "nearest", inline: "start",
      });
    } else if ((it = on("activity-set"))) setActivity(it.dataset.activitySet);
    else if ((it = on("reveal"))) reveal(it);
    else if (event.target.matches?.(".skip")) {
      event.preventDefault();
      document.getElementById("content").focus();
    }
  });

  document.addEventListener("input", ({ target }) => {
    if (target.dataset?.strength) {
      document.getElementById(target.dataset.strength).dataset.level = strength(target.value);
    }
  });

  // Files: a zone shows that it takes one, and says which it took, or that it is larger than the server would take.
  for (const [type, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
    document.addEventListener(type, ({ target }) => target.closest?.(".drop")?.toggleAttribute("data-over", over));
  }
  document.addEventListener("change", ({ target }) => {
    const zone = target.closest?.(".drop");
    if (!zone) return;
    const file = target.files[0];
    const tooLarge = file?.size > Number(zone.dataset.most);
    zone.querySelector("[data-file]").textContent = file?.name ?? "";
    zone.querySelector("[data-too-large]").hidden = !tooLarge;
    if (tooLarge) target.value = "";
    else if (file) target.form.requestSubmit();
  });

  // One card of the board is a tab stop; Tab goes on to that card's own buttons.
  function rove(current = document.querySelector("[data-lead][data-current]")) {
    const inSight = (lead) => lead?.checkVisibility();
    const chosen = inSight(current) ? current : [...all(".columns [data-lead]")].find(inSight);
    for (const lead of all(".columns [data-lead]")) {
      const tabIndex = lead === chosen ? 0 : -1;
      lead.toggleAttribute("data-current", lead === chosen);
      for (const stop of all("a, button", lead)) if (stop.tabIndex !== tabIndex) stop.tabIndex = tabIndex;
    }
  }
  board.rove = () => rove();
  document.addEventListener("focusin", ({ target }) => {
    const lead = target.closest?.(".columns [data-lead]");
    if (lead && !lead.hasAttribute("data-current")) rove(lead);
  });

  // Newcomers: React adds nodes, this readies them; says whether cards or parts of cards are among them.
  function ready(nodes) {
    let cards = false;
    for (const node of nodes) {
      if (node.nodeType !== 1) continue;
      if (node.matches("time[datetime]")) tell(node);
      all("time[datetime]", node).forEach(tell);
      all("[data-shortcuts]", node).forEach(letters);
      if (node.matches("[data-column]")) inView.observe(node);
      all("[data-column]", node).forEach((found) => inView.observe(found));
      cards ||= Boolean(node.closest("[data-lead]") || node.querySelector("[data-lead]"));
      if (node.matches(".segment")) {
        const shown = column(node.dataset.to);
        if (shown) { inView.unobserve(shown); inView.observe(shown); }
      }
    }
    return cards;
  }
  // Live views: a delta that builds on one this page has not had is made good by a whole view.
  function follow(view, had) {
    if (Number(view.dataset.since) > had) view.click();
  }

  new MutationObserver((changes) => {
    let cards = false;
    if (board.off()) setWriting(); // of newcomers, too
    for (const { type, target, addedNodes, oldValue } of changes) {
      if (type === "childList") cards = ready(addedNodes) || cards;
      else if (target === root) setWriting();
      else if (target.matches("[data-seq]")) follow(target, Number(oldValue));
      else if (target.matches("time")) tell(target);
    }
    if (cards) rove();
  }).observe(root, {
    childList: true, subtree: true, attributes: true, attributeOldValue: true,
    attributeFilter: ["datetime", "data-connection", "data-seq"],
  });
  if (ready([document.body])) rove();
})();
