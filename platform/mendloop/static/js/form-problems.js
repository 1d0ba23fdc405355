// Problems of a form are told first, wherever its address leads; a link to one leads into its field, even in a fold.

const summary = document.querySelector(".problems");

summary?.focus();
summary?.scrollIntoView({ block: "center" });

summary?.addEventListener("click", (event) => {
  const field = document.getElementById(event.target.closest("a")?.hash.slice(1) ?? "");
  if (field === null) return;
  event.preventDefault();
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
});
