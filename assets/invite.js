// The link of an invitation opens the workspace, so it is asked for and shown here and nowhere else: what the page's
// state knows is kept on the server and sent around.
(() => {
  const part = (name) => document.getElementById(`invite-${name}`);

  async function make(form) {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    if (answer.redirected) return location.assign(answer.url);
    const said = await answer.json();
    part("refused").textContent = answer.ok ? "" : said.detail;
    part("made").hidden = !answer.ok;
    part("link").value = said.link ?? "";
    part("copied").textContent = "";
    if (!answer.ok) return;
    part("link").select();
    part("seen").click();
  }
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-invite]")) return;
    event.preventDefault();
    make(event.target).catch(() => {
      part("refused").textContent = "No link was made, because leadboard did not answer. Try again.";
    });
  });

  async function copy() {
    part("link").select();
    await navigator.clipboard.writeText(part("link").value);
    part("copied").textContent = "Copied.";
  }
  document.addEventListener("click", ({ target }) => {
    if (!target.closest?.("[data-copy-invite]")) return;
    copy().catch(() => {
      part("copied").textContent = "This browser lets no page copy. The link is selected: copy it with your keyboard.";
    });
  });
})();
