// A button that prints the page. Without scripts there is none: the browser's own menu prints it too.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => { print(); });
}
