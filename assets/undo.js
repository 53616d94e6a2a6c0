// Offers to take back what a line tells leave when their time is up; one that has the focus waits until it is left.
// The server keeps the time as well: this only takes away what it would refuse.
(() => {
  setInterval(() => {
    for (const offer of document.querySelectorAll("[data-until]")) {
      const over = Date.now() > Date.parse(offer.dataset.until);
      offer.parentElement.hidden = over && document.activeElement !== offer;
    }
  }, 1000);
})();
