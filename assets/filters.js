// The search above a board: it sends itself while somebody types, and follows the address when it changes otherwise.
(() => {
  const PAUSE = 250; // milliseconds after the last letter
  const TYPING = 1500; // what was typed this short ago is newer than what the address says
  let timer = 0;
  let typed = 0;

  document.addEventListener("input", ({ target, isComposing }) => {
    if (isComposing || !target.form?.matches("[data-search]")) return;
    typed = Date.now();
    clearTimeout(timer);
    timer = setTimeout(() => target.form?.requestSubmit(), PAUSE);
  });

  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const field = target.elements.q;
      if (field !== document.activeElement || Date.now() - typed > TYPING) field.value = target.dataset.search;
    }
  }).observe(document.documentElement, { subtree: true, attributeFilter: ["data-search"] });
})();
