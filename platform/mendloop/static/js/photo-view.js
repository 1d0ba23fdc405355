// Opens a photo larger on the same page; without this script the link opens the picture itself.

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a.photo-link") : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const dialog = document.createElement("dialog");
  dialog.className = "photo-dialog";
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button photo-close";
  close.textContent = link.dataset.close ?? "×";
  const picture = document.createElement("img");
  picture.src = link.href;
  picture.alt = link.querySelector("img")?.alt ?? "";
  dialog.append(picture, close);
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
});
