// A sentence that the record offers goes into its text at once; without this script the page is sent for it.

document.addEventListener("click", (event) => {
  const chip = event.target instanceof Element ? event.target.closest("button[data-chip]") : null;
  const text = chip && document.getElementById(chip.dataset.chip);
  if (!text) return;
  event.preventDefault();
  const said = chip.querySelector("span").textContent;
  text.value = text.value.trim() ? `${text.value.trimEnd()}\n${said}` : said;
  text.dispatchEvent(new Event("input", { bubbles: true }));
  chip.hidden = true;
  text.focus();
  text.setSelectionRange(text.value.length, text.value.length);
});

// Texts are as high as what is in them, where the browser cannot do that by itself.
for (const text of document.querySelectorAll(".case-form textarea")) {
  const grow = () => { text.rows = Math.max(3, text.value.split("\n").length + 1); };
  text.addEventListener("input", grow);
}
