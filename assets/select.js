// Selecting cards: Ctrl, Cmd or Shift and click, X, Shift and arrows, Cmd or Ctrl and A for a column, and by menus. Once
// one is selected a plain click selects too. Only cards on the board are: nobody does something to a lead they do not
// see, and each goes with the version its card shows.
(() => {
  const root = document.documentElement;
  const CARD = "[data-column] [data-lead]";
  const FIELDS = 'input, textarea, select, [contenteditable="true"], [role="combobox"]';
  const LAYERS = '[role="menu"], [role="dialog"], [role="alertdialog"], dialog[open]';
  const selected = new Set();
  let anchor = ""; // where a range starts

  const bar = () => document.querySelector(".selection");
  const cards = (within = document) => [...within.querySelectorAll(CARD)];
  const lead = (card) => card.dataset.lead;
  const neighbours = (card) => cards(card.closest("[data-column]"));

  function draw() {
    const shown = cards();
    const there = new Set(shown.map(lead));
    for (const gone of [...selected].filter((id) => !there.has(id))) selected.delete(gone);
    for (const card of shown) card.toggleAttribute("data-selected", selected.has(lead(card)));
    root.toggleAttribute("data-selecting", selected.size > 0);
    const count = bar()?.querySelector(".selection-count");
    const words = selected.size ? `${selected.size} selected` : "";
    if (count && count.textContent !== words) count.textContent = words;
    if (!words && bar()?.contains(document.activeElement)) { // which goes now
      document.querySelector(".columns [data-current] a")?.focus({ preventScroll: true });
    }
  }
  function add(some) {
    for (const card of some) selected.add(lead(card));
    draw();
  }
  function toggle(id) {
    if (!selected.delete(id)) selected.add(id);
    anchor = id;
    draw();
  }
  function clear() {
    selected.clear();
    draw();
  }
  function reach(card) {
    const among = neighbours(card);
    const [from, to] = [among.findIndex((each) => lead(each) === anchor), among.indexOf(card)].sort((a, b) => a - b);
    if (from < 0) anchor = lead(card);
    add(from < 0 ? [card] : among.slice(from, to + 1));
  }
  function extend(card, along) {
    const among = neighbours(card);
    const next = among[among.indexOf(card) + along] ?? card;
    next.querySelector("a").focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    add([card, next]);
  }

  addEventListener("click", (event) => {
    const { target } = event;
    if (target.closest?.("[data-unselect]")) return clear();
    const card = target.closest?.(CARD);
    if (!card || !bar() || target.closest("button")) return;
    const wanted = event.ctrlKey || event.metaKey || event.shiftKey || (selected.size && event.detail > 0);
    if (!wanted) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey) reach(card);
    else toggle(lead(card));
  }, true);

  // What a key does to the focused card; null for keys of others.
  function meaning({ key, shiftKey, ctrlKey, metaKey }, card) {
    if (ctrlKey || metaKey) return key.toLowerCase() === "a" ? () => add(neighbours(card)) : null;
    if (key === "x" && localStorage.getItem("shortcuts") !== "off") return () => toggle(lead(card));
    if (shiftKey && key === "ArrowDown") return () => extend(card, 1);
    if (shiftKey && key === "ArrowUp") return () => extend(card, -1);
    return null;
  }
  addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.isComposing || event.altKey || target.closest?.(FIELDS) || !bar() || document.querySelector(LAYERS)) return;
    const card = target.closest?.(CARD);
    const act = event.key === "Escape" && selected.size ? clear : card && meaning(event, card);
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }, true);

  // Cards come and go with every delta; what was done with a selection lets go of it.
  new MutationObserver((changes) => {
    if (!selected.size) return;
    if (changes.some(({ type }) => type === "attributes")) clear();
    else draw();
  }).observe(root, { childList: true, subtree: true, attributeFilter: ["data-acted"] });

  // The menu of a column's head is drawn elsewhere: it acts on the column where it was opened.
  let opened = null;
  for (const reached of ["pointerdown", "focusin"]) {
    addEventListener(reached, ({ target }) => { opened = target.closest?.("[data-column]") ?? opened; });
  }

  const board = window.leadboard;
  board.toggle = () => bar() && toggle(board.lead);
  board.selectColumn = () => bar() && opened && add(cards(opened));
  board.picked = () =>
    cards().filter((card) => selected.has(lead(card))).map((card) => `${lead(card)} ${card.dataset.version}`).join("\n");
})();
