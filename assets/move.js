// The sheet that phones have in place of the card menu, opened by More or by a long press on a card. It is a dialog of
// the browser, which keeps the focus in it and gives it back.
(() => {
  const root = document.documentElement;
  const board = window.leadboard;
  const LONG = 500; // ms that are a long press
  const FAR = 10; // px that make it a scroll
  const AWAY = 80; // px that pull the sheet away
  const phone = matchMedia("(pointer: coarse), (max-width: 767px)");
  const sheet = () => document.querySelector(".move");
  const far = (event, from) => Math.hypot(event.clientX - from.x, event.clientY - from.y) > FAR;

  // For the card that board.about was told of; false where a menu does it.
  board.openSheet = (card) => {
    const dialog = sheet();
    if (!phone.matches || !dialog) return false;
    const column = card.closest("[data-column]");
    dialog.querySelector("[data-of]").textContent = card.querySelector("a").textContent;
    dialog.querySelector("[data-in]").textContent = column.querySelector("h2").textContent;
    for (const row of dialog.querySelectorAll("[data-moves-to]")) {
      const here = row.dataset.movesTo === column.dataset.column;
      row.disabled = here || "off" in row.dataset;
      row.setAttribute("aria-current", here);
    }
    dialog.showModal();
    root.dataset.hold = "menu";
    return true;
  };
  addEventListener("close", ({ target }) => {
    if (target === sheet() && root.dataset.hold === "menu") delete root.dataset.hold; // a form may have it by now
  }, true);
  addEventListener("click", ({ target, clientY }) => {
    const open = target.closest?.(".move[open]");
    const done = target === open ? clientY < open.getBoundingClientRect().top : target.closest?.("button");
    if (open && done) open.close();
  });

  // Pulled down by its head.
  let pulled = null;
  addEventListener("pointerdown", ({ target, clientY }) => {
    if (target.closest?.(".move-head")) pulled = { from: clientY, by: 0 };
  });
  addEventListener("pointermove", ({ clientY }) => {
    if (!pulled) return;
    pulled.by = Math.max(0, clientY - pulled.from);
    sheet().style.translate = `0 ${pulled.by}px`;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, () => {
      if (!pulled) return;
      sheet().style.translate = "";
      if (pulled.by > AWAY) sheet().close();
      pulled = null;
    });
  }

  // Long press
  let press = null;
  let opened = false; // the finger that opened the sheet presses nothing
  function release() {
    clearTimeout(press?.timer);
    press = null;
  }
  function open() {
    const { card } = press;
    release();
    if (!card.isConnected) return;
    board.about(card);
    opened = board.openSheet(card);
  }
  addEventListener("pointerdown", ({ pointerType, target, clientX: x, clientY: y }) => {
    release();
    opened = false;
    const card = pointerType === "touch" && !target.closest?.("button") && target.closest?.("[data-column] [data-lead]");
    if (card) press = { card, x, y, timer: setTimeout(open, LONG) };
  }, true);
  addEventListener("pointermove", (event) => { if (press && far(event, press)) release(); });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, release);
  addEventListener("contextmenu", (event) => {
    if (press) open();
    if (opened) event.preventDefault();
  });
  addEventListener("click", (event) => {
    if (!opened || event.detail === 0) return;
    opened = false;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
})();
