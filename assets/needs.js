// Stages that have to know something ask for it in a small form where the card lands. drag.js brings the card there; it
// stays until the server has answered. Esc and Cancel put it back. The form is a dialog of the browser, which keeps the
// focus in it.
(() => {
  const root = document.documentElement;
  const board = window.leadboard;
  const GAP = 8; // px between the card and its form, and to the sides of the window
  const WEEKEND = [0, 6];
  const phone = matchMedia("(pointer: coarse), (max-width: 767px)"); // where it stands at the foot of the screen
  let asking = null; // { form, drop } while a form is open

  const formOf = (column) => document.querySelector(`.need[data-asks="${CSS.escape(column.dataset.column)}"]`);

  // A drop has what drag.js knows of it: the `names` of the cards, how they are `packed`, where they stand (`at`), and
  // what to do when they are `sent` or go `back`. False where nothing has to be known.
  board.ask = (column, drop) => {
    const form = formOf(column);
    if (!form) return false;
    asking = { form, drop };
    form.querySelector("form").reset();
    const { one, many } = form.querySelector("h2").dataset;
    const [name, ...others] = drop.names;
    const title = others.length ? many.replace("{many}", others.length + 1) : one.replace("{name}", () => name);
    form.querySelector("h2").textContent = title;
    for (const field of form.querySelectorAll("[data-clock]")) field.value = nextWorkingDay(field.dataset.clock);
    root.dataset.hold = "form";
    if (!phone.matches) drop.at.scrollIntoView({ block: "nearest", inline: "nearest" });
    form.showModal();
    place();
    return true;
  };
  board.asked = () => asking?.drop.packed;

  // At ten, by the clock of the workspace.
  function nextWorkingDay(timeZone) {
    const today = new Date().toLocaleDateString("sv-SE", { timeZone: timeZone || "UTC" });
    const day = new Date(`${today}T10:00Z`);
    do day.setUTCDate(day.getUTCDate() + 1); while (WEEKEND.includes(day.getUTCDay()));
    return day.toISOString().slice(0, 16);
  }

  function place() {
    const { form, drop: { at } } = asking;
    const { left, top, bottom } = at.getBoundingClientRect();
    const [right, floor] = [innerWidth - form.offsetWidth - GAP, innerHeight - form.offsetHeight - GAP];
    const y = bottom + GAP <= floor ? bottom + GAP : Math.min(top - form.offsetHeight - GAP, floor);
    form.style.left = `${Math.max(GAP, Math.min(left, right))}px`;
    form.style.top = `${Math.max(GAP, y)}px`;
  }
  addEventListener("resize", () => { if (asking) place(); });

  function end(how) {
    const { form, drop } = asking;
    asking = null;
    drop[how]();
    delete root.dataset.hold;
    form.close();
    drop.focus();
  }

  // The answer: what was wrong has the focus then, and nothing that was typed is lost.
  function hear() {
    const { form } = asking;
    const wrong = form.querySelector('[aria-invalid="true"]');
    if (!wrong) return end("moved" in form.dataset ? "sent" : "back");
    place();
    (wrong.querySelector("input") ?? wrong).focus();
  }
  new MutationObserver((changes) => {
    if (!asking) return;
    if (!asking.form.isConnected) end("back");
    else if (changes.some(({ target }) => target === asking?.form)) hear();
  }).observe(root, { childList: true, subtree: true, attributeFilter: ["data-answered"] });

  addEventListener("cancel", (event) => {
    if (event.target !== asking?.form) return;
    event.preventDefault();
    asking.form.querySelector("[data-leave]").click();
  }, true);
  addEventListener("close", ({ target }) => { if (target === asking?.form) end("back"); }, true);
  addEventListener("click", ({ target }) => { if (asking && target.closest?.("[data-leave]")) end("back"); });
})();
