// Collapsed columns, remembered in this browser for each board.
(() => {
  const KEY = "collapsed";
  const remembered = () => new Set((localStorage.getItem(KEY) ?? "").split(",").filter(Boolean));
  const board = () => location.pathname.split("/")[3];
  const name = (column) => `${board()} ${column.dataset.column}`;
  const find = (key) => document.querySelector(`[data-column="${CSS.escape(key)}"]`);

  function fold(column, closed) {
    const columns = remembered();
    if (closed) columns.add(name(column));
    else columns.delete(name(column));
    localStorage.setItem(KEY, [...columns].join(","));
    column.toggleAttribute("data-collapsed", closed);
    window.leadboard.rove();
  }

  addEventListener("click", ({ target, isTrusted }) => {
    const expand = target.closest?.("[data-expand]");
    const to = isTrusted && target.closest?.("[data-to]");
    if (expand) {
      const column = expand.closest("[data-column]");
      fold(column, false);
      column.querySelector("[aria-haspopup]").focus({ preventScroll: true });
    } else if (to) {
      const column = find(to.dataset.to);
      if (column?.hasAttribute("data-collapsed")) fold(column, false);
    }
  }, true);

  // The menu that this was chosen in gives the focus back to its button, which is not shown any more.
  addEventListener("click", ({ target }) => {
    const key = target.closest?.("[data-collapse]")?.dataset.collapse;
    if (!key) return;
    const column = find(key);
    fold(column, true);
    setTimeout(() => column.querySelector("[data-expand]").focus({ preventScroll: true }));
  });

  function draw(within) {
    const columns = remembered();
    const drawn = within.matches("[data-column]") ? [within] : within.querySelectorAll("[data-column]");
    for (const column of drawn) column.toggleAttribute("data-collapsed", columns.has(name(column)));
  }
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node.nodeType === 1) draw(node);
  }).observe(document.documentElement, { childList: true, subtree: true });
  draw(document.body);
})();
