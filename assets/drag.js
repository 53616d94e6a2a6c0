// Moving cards to another column by hand. With a mouse it is a drag of the browser whose picture is drawn here; by key
// Space picks the focused card up, arrows choose a column and Space drops it. Both end in one drop event on the column,
// and in a copy of the card where it lands, which stands there until the real one comes. Copies live only in boxes that
// are drawn empty for them.
(() => {
  const root = document.documentElement;
  const board = window.leadboard;
  const CARD = "[data-column] [data-lead]";
  const EDGE = 48; // px from a side of the board that scroll it
  const STEP = 12; // px that it scrolls in a frame there
  const LINGER = 500; // ms over a segment of the strip until the board scrolls to its column
  const WAIT = 4000; // ms until a copy goes whose card did not come
  const FAR = 4; // px that are more than a trembling hand
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const ordinal = board.once(() => new Intl.PluralRules("en", { type: "ordinal" }));
  const nth = (place) => `${place}${{ one: "st", two: "nd", few: "rd", other: "th" }[ordinal().select(place)]}`;
  const blank = new Image();
  blank.src = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

  let carried = null; // { by, cards, from, to, grip } while a hand has cards; the one it took comes first
  const flights = []; // { by, cards, to, copy } of drops whose cards have not arrived

  const hand = () => document.getElementById("hand");
  const say = (words) => { document.getElementById("hand-says").textContent = words; };
  const columns = () => all("[data-drops]:not([hidden])");
  const title = (column) => column.querySelector("h2").textContent;
  const name = (card) => card.querySelector("a").textContent;
  const segment = (column) => document.querySelector(`[data-to="${CSS.escape(column.dataset.column)}"]`);
  const landing = (column) => column.querySelector("[data-landing]");
  const stays = (column) => carried.cards.every((card) => column.contains(card));
  const what = () => (carried.cards.length > 1 ? `${carried.cards.length} leads` : name(carried.cards[0]));

  // Where cards land is for the order of the board to say: by value, then by name, or by the time in the stage, which
  // begins anew. Where a fit lands is said by the server alone.
  const order = (column) => column.parentElement.dataset;
  function after(card, other) {
    const { sort } = order(other.closest("[data-column]"));
    if (sort !== "value") return sort === "longest";
    const [worth, others] = [card, other].map((each) => Number(each.dataset.worth));
    return worth === others ? name(card) > name(other) : worth < others;
  }
  function place(column) {
    const [first] = carried.cards;
    const there = all("[data-lead]", column).filter((card) => !carried.cards.includes(card));
    const below = there.filter((card) => !after(first, card));
    const leads = parseInt(column.querySelector("h2 + span").textContent.replaceAll(",", ""), 10) || 0;
    const { sort, sorted } = order(column);
    const unseen = !below.length && leads > there.length;
    return { below, nth: there.length - below.length + 1, of: leads + 1, unseen, unsure: sort === "fit", sorted };
  }
  function promise(at) {
    if (carried.cards.length > 1) return `${what()} land here, by ${at.sorted}`;
    const where = at.unsure ? "here" : at.unseen ? "further down" : nth(at.nth);
    return `Lands ${where}, sorted by ${at.sorted}`;
  }
  function spoken(column, at) {
    if (carried.cards.length > 1) return `${title(column)}, ${what()} land there.`;
    const where = at.unsure ? "there" : at.unseen ? "further down" : `${at.nth} of ${at.of}`;
    return `${title(column)}, lands ${where}.`;
  }

  // A card as it looks, which nobody can reach.
  function copy(cards) {
    const copied = document.createElement("div");
    copied.className = "card copy";
    copied.inert = true;
    copied.append(...cards[0].cloneNode(true).childNodes);
    for (const each of all("[id], [data-key]", copied)) ["id", "data-key"].forEach((one) => each.removeAttribute(one));
    if (cards.length > 1) copied.dataset.stack = cards.length;
    return copied;
  }

  function aim(column) {
    if (column === carried.to) return;
    if (carried.to) forget(carried.to);
    carried.to = column;
    if (!column) return;
    for (const target of [column, segment(column)]) target?.setAttribute("data-over", "");
    const at = place(column);
    const hint = document.createElement("span");
    hint.className = "landing-hint";
    hint.append(Object.assign(document.createElement("i"), { className: "g g-lands" }), promise(at));
    landing(column)?.append(hint);
    for (const card of at.below) card.dataset.below = "";
    return at;
  }
  function forget(column) {
    for (const target of [column, segment(column)]) target?.removeAttribute("data-over");
    for (const hint of all(".landing-hint", column)) hint.remove();
    if (!landing(column)?.childElementCount) for (const card of all("[data-below]", column)) delete card.dataset.below;
  }

  function along(card) {
    const cards = card.hasAttribute("data-selected") ? all(`${CARD}[data-selected]`) : [card];
    return cards.sort((one, other) => (one === card ? -1 : other === card ? 1 : 0));
  }
  function pickUp(by, cards, grip) {
    carried = { by, cards, from: cards[0].closest("[data-column]"), to: null, grip };
    for (const each of cards) each.dataset.carried = by;
    root.dataset.hold = by;
  }
  function letGo() {
    if (carried.to) forget(carried.to);
    for (const card of carried.cards) delete card.dataset.carried;
    linger(null);
    hand().replaceChildren();
    delete root.dataset.hold;
    carried = null;
  }
  function putBack() {
    const { by, cards: [card], from } = carried;
    if (by === "keyboard") say(`${what()}, back in ${title(from)}.`);
    const picture = hand().firstElementChild;
    letGo();
    if (picture && !matchMedia("(prefers-reduced-motion: reduce)").matches) flyHome(picture, card);
  }
  function flyHome(picture, card) {
    hand().append(picture);
    card.dataset.carried = "away";
    const [now, home] = [hand(), card].map((each) => each.getBoundingClientRect());
    const path = ["0 0", `${home.left - now.left}px ${home.top - now.top}px`];
    picture.animate({ translate: path }, { duration: 140, easing: "cubic-bezier(.2, .8, .2, 1)" }).onfinish = () => {
      picture.remove();
      if (card.dataset.carried === "away") delete card.dataset.carried;
    };
  }

  // The one way down, whoever's hand it was: the column hears of a drop, or a form first asks what it has to know.
  function drop() {
    if (board.off()) {
      putBack();
      return board.refuse();
    }
    const { by, cards, from, to } = carried;
    const packed = cards.map((card) => `${card.dataset.lead} ${card.dataset.version}`).join("\n");
    const below = all("[data-below]", to);
    letGo();
    const flight = { by, cards: cards.filter((card) => !to.contains(card)), to, copy: copy(cards) };
    landing(to)?.append(flight.copy);
    for (const card of below) card.dataset.below = "";
    for (const card of flight.cards) card.dataset.carried = "away";
    if (asks(flight, packed, from)) return;
    send(flight);
    const given = new DataTransfer();
    given.setData("text/lead", packed);
    to.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: given }));
  }
  function asks(flight, packed, from) {
    const { by, cards, to } = flight;
    const [card] = cards;
    return board.ask(to, {
      names: cards.map(name),
      packed,
      at: flight.copy.checkVisibility() ? flight.copy : card,
      sent: () => send(flight),
      back: () => {
        clear(flight);
        card.scrollIntoView({ block: "nearest", inline: "nearest" });
        if (by === "keyboard") say(`${cards.length > 1 ? `${cards.length} leads` : name(card)}, back in ${title(from)}.`);
      },
      focus: () => card.querySelector("a").focus({ preventScroll: true }),
    });
  }
  function send(flight) {
    flights.push(flight);
    setTimeout(() => {
      if (flights.includes(flight)) say("The server has not answered yet.");
      land(flight);
    }, WAIT);
  }
  function land(flight, arrived = false) {
    const at = flights.indexOf(flight);
    if (at < 0) return;
    flights.splice(at, 1);
    clear(flight);
    if (arrived && flight.by === "keyboard") say(`Moved to ${title(flight.to)}. Undo with U.`);
  }
  function clear(flight) {
    flight.copy.remove();
    forget(flight.to);
    for (const card of flight.cards) delete card.dataset.carried;
  }
  new MutationObserver((changes) => {
    if (carried && !carried.cards[0].isConnected) letGo();
    if (!flights.length) return;
    const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
    const refused = added.some((node) => node.nodeType === 1 && node.matches(".toast:is(.error, .info)"));
    for (const flight of [...flights]) {
      const arrived = flight.cards.every((card) => !card.isConnected);
      if (arrived || refused) land(flight, arrived);
    }
  }).observe(document.body, { childList: true, subtree: true });

  // By a menu or a sheet, to a column that asks first.
  board.bring = (key, selected) => {
    const to = document.querySelector(`[data-drops][data-column="${CSS.escape(key)}"]`);
    const which = selected ? "[data-selected]" : `[data-lead="${CSS.escape(board.lead)}"]`;
    const cards = all(`[data-column] ${which}`).filter((card) => !to.contains(card));
    if (!cards.length) return;
    pickUp("menu", cards);
    aim(to);
    drop();
  };

  // By mouse; phones have a sheet instead (move.js).
  const phone = matchMedia("(max-width: 767px)");
  let touching = false;
  addEventListener("pointerdown", ({ pointerType }) => {
    touching = pointerType === "touch";
    if (carried) putBack();
  }, true);
  addEventListener("dragstart", (event) => {
    const card = event.target.closest?.(`${CARD}[draggable="true"]`);
    if (!card) return;
    if (board.off()) board.refuse();
    if (touching || phone.matches || board.off()) return event.preventDefault();
    const { left, top, width } = card.getBoundingClientRect();
    event.dataTransfer.setData("text/lead", card.dataset.lead);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(blank, 0, 0);
    pickUp("drag", along(card), { x: event.clientX - left, y: event.clientY - top });
    hand().replaceChildren(copy(carried.cards));
    hand().firstChild.style.width = `${width}px`;
    follow(event);
    glide();
  });
  function follow({ clientX, clientY }) {
    carried.x = clientX;
    hand().style.translate = `${clientX - carried.grip.x}px ${clientY - carried.grip.y}px`;
  }
  function glide() {
    if (carried?.by !== "drag") return;
    const among = carried.from.parentElement;
    const { left, right } = among.getBoundingClientRect();
    if (carried.x < left + EDGE) among.scrollLeft -= STEP;
    if (carried.x > right - EDGE) among.scrollLeft += STEP;
    requestAnimationFrame(glide);
  }
  function linger(over) {
    if (over === carried.over) return;
    clearTimeout(carried.lingering);
    carried.over = over;
    if (over) carried.lingering = setTimeout(() => over.click(), LINGER);
  }
  function pass(event) {
    if (carried?.by !== "drag") return;
    follow(event);
    const over = event.target.closest?.("[data-to]");
    linger(over);
    const column = over
      ? columns().find((each) => each.dataset.column === over.dataset.to)
      : event.target.closest?.("[data-drops]");
    if (column) event.preventDefault();
    aim(column && !stays(column) ? column : null);
  }
  // Entering counts, too: what says where a card lands moves the column's contents under a hand that stands still.
  for (const one of ["dragenter", "dragover"]) addEventListener(one, pass);
  addEventListener("drop", (event) => {
    if (carried?.by !== "drag" || !event.isTrusted) return;
    event.preventDefault();
    event.stopPropagation();
    if (carried.to) drop();
    else putBack();
  }, true);
  addEventListener("dragend", () => { if (carried) putBack(); });

  // By key
  function choose(along) {
    const among = columns();
    const next = among[among.indexOf(carried.to ?? carried.from) + along];
    if (!next) return;
    const at = aim(stays(next) ? null : next);
    (landing(next)?.firstElementChild ?? next).scrollIntoView({ block: "nearest", inline: "nearest" });
    say(at ? spoken(next, at) : `${title(next)}, where it is.`);
  }
  const KEYS = {
    ArrowLeft: () => choose(-1), ArrowRight: () => choose(1), Escape: putBack, Tab: putBack,
    " ": () => (carried.to ? drop() : putBack()), Enter: () => (carried.to ? drop() : putBack()),
  };
  function pick(card) {
    const column = card.closest("[data-column]");
    if (!card.draggable) return say(column.parentElement.dataset.stays ?? "");
    if (board.off()) return board.refuse();
    pickUp("keyboard", along(card));
    say(`Picked up ${what()}, ${title(column)}.`);
  }
  addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (carried?.by === "keyboard") {
      if (!event.repeat || key.startsWith("Arrow")) KEYS[key]?.();
      if (key === "Tab") return;
    } else if (key === " " && target.matches?.(`${CARD} > a`)) {
      if (!event.repeat) pick(target.closest(CARD));
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  // Cards that stay where they are say why to whom tries to drag them.
  let pressed = null;
  addEventListener("pointerdown", (event) => {
    const why = event.pointerType === "mouse" && event.target.closest?.(CARD)?.closest("[data-stays]")?.dataset.stays;
    pressed = why ? { why, x: event.clientX, y: event.clientY } : null;
  });
  addEventListener("pointermove", (event) => {
    if (!pressed || Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < FAR) return;
    root.dataset.stays = "";
    hand().textContent = pressed.why;
    hand().style.translate = `${event.clientX + 16}px ${event.clientY + 16}px`;
  });
  function noClick(event) {
    if (!event.detail) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, () => {
      pressed = null;
      if (!("stays" in root.dataset)) return;
      delete root.dataset.stays;
      hand().textContent = "";
      addEventListener("click", noClick, true);
      setTimeout(() => removeEventListener("click", noClick, true));
    });
  }
})();
