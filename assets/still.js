// Scrolling: a column that is scrolled down does not move when cards come in above; a pill at its top counts them. And
// the focus stays on a card that goes to another column.
(() => {
  const LIST = ".column > .cards";
  const CARD = "[data-lead]";
  const TOP = 8; // pixels from the top within which newcomers are in sight
  const anchors = CSS.supports("overflow-anchor", "auto"); // the browser itself keeps what is seen in its place
  const columns = new WeakMap(); // list -> what came in above, and where the first visible card was

  const lead = (card) => card.dataset.lead;
  const known = (list) => columns.get(list) ?? columns.set(list, { above: new Set(), first: null, at: 0 }).get(list);
  const cards = (list) => [...list.querySelectorAll(`:scope > ${CARD}`)];

  // The pill.
  function tell(list) {
    const { above } = known(list);
    const there = new Set(cards(list).map(lead));
    for (const id of above) if (!there.has(id) || list.scrollTop <= TOP) above.delete(id);
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
    if (!anchors) note(target);
    if (known(target).above.size) tell(target);
  }, { capture: true, passive: true });
  addEventListener("click", ({ target }) => {
    const pill = target.closest?.(".pill");
    if (pill) toTop(pill);
  });

  // The focus.
  let held = null; // the focused element of a card, and the cards after and before it
  addEventListener("focusin", ({ target }) => {
    const card = target.closest?.(`.columns ${CARD}`);
    held = card && { target, id: lead(card), more: target.matches("[data-more]") };
  });
  function follow(removed) {
    if (!held || document.activeElement !== document.body) return;
    const from = removed.find(({ node }) => node.contains(held.target));
    if (!from) return;
    const again = document.querySelector(`.columns [data-lead="${CSS.escape(held.id)}"]`);
    const card = again ?? neighbour(from);
    (again && held.more ? again.querySelector("[data-more]") : card?.querySelector("a"))?.focus({ preventScroll: true });
  }
  function neighbour({ list, after, before }) {
    const near = [after, before].find((node) => node?.isConnected && node.matches?.(CARD));
    return near ?? list.querySelector(CARD);
  }

  function take(changes) {
    const removed = [];
    const lists = new Set();
    const gone = new Set();
    const came = new Set();
    for (const { target, addedNodes, removedNodes, nextSibling, previousSibling } of changes) {
      for (const node of removedNodes) {
        if (node.nodeType !== 1) continue;
        removed.push({ node, list: target, after: nextSibling, before: previousSibling });
        if (target.matches(LIST) && node.matches(CARD)) gone.add(node);
      }
      if (!target.matches?.(LIST)) continue;
      lists.add(target);
      for (const node of addedNodes) if (node.nodeType === 1 && node.matches(CARD)) came.add(node);
    }
    for (const list of lists) {
      if (!anchors) restore(list);
      for (const card of came) {
        const isAbove = card.offsetTop + card.offsetHeight <= list.offsetTop + list.scrollTop;
        if (card.parentElement === list && !gone.has(card) && list.scrollTop > TOP && isAbove) known(list).above.add(lead(card));
      }
      tell(list);
      if (!anchors) note(list);
    }
    if (removed.length) follow(removed);
  }

  // Another filter or order is another board: it starts at its top.
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      for (const list of target.querySelectorAll(LIST)) {
        list.scrollTop = 0;
        tell(list);
      }
    }
  }).observe(document.documentElement, { subtree: true, attributeFilter: ["data-view"] });

  new MutationObserver(take).observe(document.documentElement, { childList: true, subtree: true });
})();
