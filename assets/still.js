// Scrolling: a column that is scrolled down does not move when cards come in above; a pill at its top counts them. And
// the focus stays on a card that goes to another column.
(() => {
  const LIST = ".column > .cards";
  const CARD = "[data-lead]";
  const TOP = 8; // pixels from the top within which newcomers are in sight
  const anchors = CSS.supports("overflow-anchor", "auto"); // the browser itself keeps what is seen in its place
  const columns = new WeakMap(); // list -> how far it is scrolled, what came in above, where the first visible card was

  const lead = (card) => card.dataset.lead;
  const known = (list) => columns.get(list) ?? columns.set(list, { top: 0, above: new Set(), first: null, at: 0 }).get(list);
  const cards = (list) => [...list.querySelectorAll(`:scope > ${CARD}`)];

  // The pill.
  function tell(list) {
    const { above, top } = known(list);
    const there = new Set(cards(list).map(lead));
    for (const id of above) if (!there.has(id) || top <= TOP) above.delete(id);
    const pill = list.parentElement.querySelector(".pill");
    const words = above.size ? `${above.size} new` : "";
    if (pill.textContent !== words) pill.textContent = words;
  }
  function toTop(pill) {
    const list = pill.parentElement.querySelector(".cards");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    cards(list)[0]?.querySelector("a").focus({ preventScroll: true });
    list.scrollTo({ top: 0, behavior: calm ? "auto" : "smooth" });
  }

  // Where the browser does not: the first visible card is put back where it was.
  function note(list) {
    const seen = known(list);
    seen.first = cards(list).find((card) => card.offsetTop + card.offsetHeight > list.offsetTop + list.scrollTop);
    seen.at = seen.first ? seen.first.offsetTop - list.scrollTop : 0;
  }
  function restore(list) {
    const { first, at } = known(list);
    if (list.scrollTop > 0 && first?.parentElement === list) list.scrollTop = first.offsetTop - at;
  }

  addEventListener("scroll", ({ target }) => {
    if (!target.matches?.(LIST)) return;
    known(target).top = target.scrollTop; // asked for now: later it would cost a layout of the whole board
    if (!anchors) note(target);
    if (known(target).above.size) tell(target);
  }, { capture: true, passive: true });
  addEventListener("click", ({ target }) => {
    const pill = target.closest?.(".pill");
    if (pill) toTop(pill);
  });

  // The focus: on the card again, or else on its neighbour, or on the menu of a column that is empty now.
  let held = null; // the focused element of a card, whose card it is, and whether it is its More
  addEventListener("focusin", ({ target }) => {
    const card = target.closest?.(`.columns ${CARD}`);
    held = card && { target, id: lead(card), more: target.matches("[data-more]") };
  });
  addEventListener("pointerdown", ({ target }) => {
    if (!target.closest?.(CARD)) held = null;
  });
  function follow(changes) {
    if (!held || document.activeElement !== document.body) return;
    const from = changes.find(({ removedNodes }) => [...removedNodes].some((node) => node.contains(held.target)));
    const column = from?.target.closest?.("[data-column]");
    if (!column) return;
    const again = document.querySelector(`.columns [data-lead="${CSS.escape(held.id)}"]`);
    const card = again ?? neighbour(from, column);
    const part = again && held.more ? "[data-more]" : "a";
    (card?.querySelector(part) ?? column.querySelector("[aria-haspopup]")).focus({ preventScroll: true });
  }
  function neighbour({ nextSibling, previousSibling }, column) {
    const near = [nextSibling, previousSibling].find((node) => node?.isConnected && node.matches?.(CARD));
    return near ?? column.querySelector(CARD);
  }

  // Newcomers: cards that were not in the list before, and stand above what is seen of it.
  function welcome(list, changes) {
    if (known(list).top <= TOP) return;
    const own = changes.filter(({ target }) => target === list);
    const before = new Set(own.flatMap(({ removedNodes }) => [...removedNodes]));
    const came = own.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node.matches?.(CARD));
    const edge = list.offsetTop + list.scrollTop;
    for (const card of came) {
      const isAbove = card.parentElement === list && card.offsetTop + card.offsetHeight <= edge;
      if (isAbove && !before.has(card)) known(list).above.add(lead(card));
    }
  }

  function take(changes) {
    for (const list of new Set(changes.map(({ target }) => target).filter((target) => target.matches?.(LIST)))) {
      if (!anchors) restore(list);
      welcome(list, changes);
      tell(list);
      if (!anchors) note(list);
    }
    follow(changes);
  }

  // Another filter or order is another board: it starts at its top.
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      for (const list of target.querySelectorAll(LIST)) {
        if (known(list).top) list.scrollTop = known(list).top = 0;
        tell(list);
      }
    }
  }).observe(document.documentElement, { subtree: true, attributeFilter: ["data-view"] });

  new MutationObserver(take).observe(document.documentElement, { childList: true, subtree: true });
})();
