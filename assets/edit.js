// Fields in place of a value. The page's state says which one is open: this gives it the focus and back, sends it on
// leaving, and gives it up on Escape before the dialog around it hears of that.
(() => {
  const FORM = "[data-in-place]";
  const form = (node) => node?.closest?.(FORM);
  const text = (open) => open.elements.namedItem("text");
  let back = ""; // whose pencil gets the focus once its field is gone

  addEventListener("keydown", (event) => {
    const open = form(event.target);
    if (!open || event.isComposing) return;
    if (event.key === "Enter" || event.key === "Escape") back = open.dataset.inPlace;
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    open.querySelector("[data-give-up]").click();
  }, true);
  document.addEventListener("submit", ({ target }) => {
    if (target.matches(FORM)) target.sent = text(target).value;
  }, true);
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-save]")) form(target).requestSubmit();
  });
  // What was sent already is on its way, or was refused: leaving does not insist on it.
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    const open = form(target);
    if (!open || open.contains(relatedTarget) || open.leaving || !document.hasFocus()) return;
    const { value } = text(open);
    if (relatedTarget) back = "";
    if (value === open.sent) return;
    if (value === open.dataset.seen && open.sent === undefined) open.querySelector("[data-give-up]").click();
    else open.requestSubmit();
  });
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-give-up]")) form(target).leaving = true;
  }, true);

  // The form of what a stage knows: its first field has the focus, then what opened it.
  const RESTATES = "[data-restates]";
  addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && !event.isComposing && event.target.closest?.(RESTATES);
    if (!open) return;
    event.preventDefault();
    event.stopPropagation();
    open.querySelector("[data-leave]").click();
  }, true);

  // A note: its control leads to the tab with the field, which has the focus then.
  let noting = false;
  document.addEventListener("click", ({ target }) => {
    if (!target.closest?.("[data-note]")) return;
    const field = document.getElementById("field-note");
    noting = !field;
    field?.focus();
  });

  const within = (node, found) => node.nodeType === 1 && (node.matches(found) ? node : node.querySelector(found));
  new MutationObserver((changes) => {
    for (const { addedNodes, removedNodes } of changes) {
      for (const node of removedNodes) {
        if (back && within(node, FORM)) {
          document.querySelector(`[data-edit="${CSS.escape(back)}"]`)?.focus({ preventScroll: true });
          back = "";
        }
        if (within(node, RESTATES)) document.querySelector('[data-edit="known"]')?.focus({ preventScroll: true });
      }
      for (const node of addedNodes) {
        const open = within(node, FORM);
        if (open) text(open).select();
        const restates = within(node, RESTATES);
        if (restates) (restates.querySelector(":checked") ?? restates.querySelector("input")).focus();
        if (noting && within(node, "#field-note")) {
          within(node, "#field-note").focus();
          noting = false;
        }
        for (const panel of node.querySelectorAll?.("[data-opens]") ?? []) panel.open = true;
      }
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
