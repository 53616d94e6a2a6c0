// Reading: while a menu of the board is open or text on it is selected, the root element says so (data-reading), and
// the columns hold still (leadboard/ui/components/held.py).
(() => {
  const root = document.documentElement;
  const MENUS = '.columns [aria-expanded="true"], #card-menu[aria-expanded="true"]';

  function selecting() {
    const columns = document.querySelector(".columns");
    return Boolean(columns) && !getSelection().isCollapsed && getSelection().containsNode(columns, true);
  }
  function look() {
    root.toggleAttribute("data-reading", Boolean(document.querySelector(MENUS)) || selecting());
  }
  document.addEventListener("selectionchange", look);

  // A menu can also go with the page it was on.
  new MutationObserver((changes) => {
    if (root.hasAttribute("data-reading") || changes.some(({ type }) => type === "attributes")) look();
  }).observe(root, { childList: true, subtree: true, attributeFilter: ["aria-expanded"] });

  // Who selected words of a card did not mean to open it; any other press ends the selection.
  addEventListener("click", (event) => {
    if (!selecting()) return;
    if (event.detail && event.target.closest?.(".card-name")) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.target.closest?.("a, button")) getSelection().removeAllRanges();
  }, true);
  document.addEventListener("dragstart", ({ target }) => {
    if (target.closest?.(".card")) getSelection().removeAllRanges();
  });
})();
