// Shortcuts. A shortcut is data-key="m" on a visible control and clicks it in the topmost layer; data-key="g b" is a
// chord; data-key="mod+s" goes with Cmd or Ctrl and works in fields too. Arrows (or H J K L) walk the cards. Nothing
// else fires while typing or composing, and single letters not at all when a person has them off.
(() => {
  const LAYERS = '[role="menu"], [role="dialog"], [role="alertdialog"], dialog[open]';
  const FIELDS = 'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable="true"], [role="combobox"]';
  const WALK = { ArrowUp: [0, -1], k: [0, -1], ArrowDown: [0, 1], j: [0, 1], ArrowLeft: [-1, 0], h: [-1, 0],
    ArrowRight: [1, 0], l: [1, 0] };
  let chord = "";

  const off = () => localStorage.getItem("shortcuts") === "off";
  const shown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";
  const layer = () => [...document.querySelectorAll(LAYERS)].filter(shown).at(-1) ?? document;
  const works = (found) =>
    !found.matches(':disabled, [aria-disabled="true"]') || (leadboard.off() && found.matches("[data-writes]")); // tells why not
  const control = (key, within = key === "u" ? document : layer()) =>
    [...within.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(
      (found) => shown(found) && works(found));

  function focus(card) {
    const name = card?.querySelector("a");
    name?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function walk(card, [across, along]) {
    const here = card.closest("[data-column]");
    const cards = (column) => [...column.querySelectorAll("[data-lead]")].filter(shown);
    const place = cards(here).indexOf(card);
    if (along) return focus(cards(here)[place + along]);
    const columns = [...document.querySelectorAll("[data-column]")];
    for (let at = columns.indexOf(here) + across; columns[at]; at += across) {
      const found = cards(columns[at]);
      if (found.length) return focus(found[Math.min(place, found.length - 1)]);
    }
  }

  // What the bar does to selected leads it does to the focused one when none is. What else the menu of a card offers is
  // also in the sheet that phones have for it, open or not.
  function ofCard(card, named) {
    const { leadboard: board, document: { documentElement: root } } = window;
    if (!document.querySelector(`.selection ${named}`)) {
      board.about(card);
      return document.querySelector(`.move ${named}[data-states~="${card.dataset.state}"]`);
    }
    if (!("selecting" in root.dataset)) {
      board.about(card);
      board.toggle();
    }
    return null;
  }

  // Menus of Radix open by a key, not by a click.
  function press(found) {
    if (!found.matches('[aria-haspopup="menu"][data-state]')) return found.click();
    found.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
  }

  addEventListener("keydown", (event) => {
    const { target } = event;
    const key = event.key.length === 1 && !event.shiftKey ? event.key.toLowerCase() : event.key; // whatever Caps Lock says
    if (event.isComposing || event.defaultPrevented || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      const undoes = key.toLowerCase() === "z" && !event.shiftKey && !target.closest?.(FIELDS);
      const found = control(undoes ? "u" : `mod+${key.toLowerCase()}`);
      if (found) event.preventDefault();
      return found?.click();
    }
    if (target.closest?.(FIELDS)) return;
    const card = layer() === document ? target.closest?.("[data-lead]") : null;
    const letter = key.length === 1;
    if (letter && off()) return;
    const step = WALK[key];
    if (card && step && !chord && !event.shiftKey) {
      event.preventDefault();
      return walk(card, step);
    }
    if (card && (key === "Home" || key === "End")) {
      event.preventDefault();
      const cards = [...card.closest("[data-column]").querySelectorAll("[data-lead]")];
      return focus(key === "Home" ? cards[0] : cards.at(-1));
    }
    if (!letter && key !== "Delete") return;
    if (card && key === "e" && !chord) return card.querySelector("a").click();
    const wanted = chord ? `${chord} ${key}` : key;
    chord = "";
    const named = `[data-key="${CSS.escape(wanted)}"]`;
    const found = (card && (card.querySelector(named) ?? ofCard(card, named))) ?? control(wanted);
    if (found) {
      event.preventDefault();
      if (!card || found.matches("input, [aria-haspopup]")) found.focus();
      press(found);
    } else if (key === "g") {
      chord = "g";
      setTimeout(() => { chord = ""; }, 1000);
    }
  });
})();
