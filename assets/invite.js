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

  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.("[data-copy]");
    if (!button) return;
    const input = document.getElementById(button.dataset.copy);
    input.select();
    await navigator.clipboard?.writeText(input.value);
  });
})();
