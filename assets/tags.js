// Fields of tags, and small forms that send themselves. The page's state holds what is in them: this only decides when
// a form is sent, and moves the focus between tags. It never adds, removes or changes a node.
(() => {
  const BETWEEN = /[,;\t\r\n]/;
  const field = (node) => node?.closest?.("[data-tags]");
  const entry = (tags) => tags.querySelector("form input:not([type=hidden])");
  const removers = (tags) => [...tags.querySelectorAll("[data-remove]")];

  // Sending: a comma, a paste with several in it, leaving the entry; sizes when one of them has changed.
  function flush(form) {
    if (!field(form) || entry(field(form)).value.trim()) form.requestSubmit();
  }
  document.addEventListener("input", ({ target, isComposing }) => {
    if (field(target) && !isComposing && BETWEEN.test(target.value)) target.form.requestSubmit();
  });
  document.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text") ?? "";
    if (!field(event.target) || !BETWEEN.test(text)) return;
    event.preventDefault();
    const { target } = event;
    target.setRangeText(text.replace(/[\t\r\n]+/g, ","), target.selectionStart, target.selectionEnd, "end");
    target.form.requestSubmit();
  });
  document.addEventListener("focusout", ({ target }) => {
    if (field(target) && target.form) flush(target.form);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.form?.matches("[data-sends]") && !field(target)) target.form.requestSubmit();
  });
  // A shortcut presses Save while somebody is still in a field: what stands there goes first.
  document.addEventListener("click", ({ target }) => {
    const { form } = document.activeElement ?? {};
    if (form?.matches?.("[data-sends]") && !field(form)?.contains(target) && !form.contains(target)) flush(form);
  }, true);

  // Moving: from the beginning of the entry to the tags and back.
  function toTags(event, tags) {
    const { key, target } = event;
    const atStart = target.selectionStart === 0 && target.selectionEnd === 0;
    if ((key === "ArrowLeft" && atStart) || (key === "Backspace" && !target.value)) return removers(tags).at(-1);
  }
  function amongTags({ key, target }, tags) {
    const all = removers(tags);
    const at = all.indexOf(target);
    switch (key) {
      case "ArrowLeft": return all[at - 1] ?? target;
      case "ArrowRight": return all[at + 1] ?? entry(tags);
      case "Home": return all[0];
      case "End": case "Escape": return entry(tags);
    }
    return key.length === 1 && key !== " " ? entry(tags) : undefined;
  }
  document.addEventListener("keydown", (event) => {
    const tags = field(event.target);
    if (!tags || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const onTag = event.target.matches("[data-remove]");
    if (onTag && ["Backspace", "Delete"].includes(event.key)) {
      event.preventDefault();
      return event.target.click();
    }
    const next = onTag ? amongTags(event, tags) : toTags(event, tags);
    if (!next) return;
    // A letter typed on a tag is meant for the entry, and is no shortcut of the page.
    event.stopPropagation();
    if (event.key.length > 1) event.preventDefault();
    next.focus();
  });
  document.addEventListener("click", ({ target }) => {
    const remover = target.closest?.("[data-remove]");
    const tags = field(remover);
    if (!tags) return;
    const all = removers(tags);
    (all[all.indexOf(remover) + 1] ?? entry(tags)).focus();
  });
})();
