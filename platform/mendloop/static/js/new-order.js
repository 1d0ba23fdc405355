// The form of a new order answers at once: another product brings its own fault codes first, and with every change of
// product or faults the fitting processes. A sub-order takes over what is at its position. Without this script the form's
// buttons do the same.

const form = document.querySelector("form[data-fitting]");
let asked = new AbortController();

form?.addEventListener("change", ({ target }) => {
  if (target.name === "product") void refresh(["faults", "proposal"]);
  else if (target.name === "fault_codes") void refresh(["proposal"]);
  else if (target.name === "position") takeOver();
  else if (target.name === "template") form.elements.proposed.value = ""; // chosen by hand: it stays while it fits
});

function takeOver() {
  const button = Object.assign(document.createElement("button"), { name: "take", value: "1", formNoValidate: true, hidden: true });
  form.append(button);
  form.requestSubmit(button);
}

async function refresh(parts) {
  asked.abort();
  asked = new AbortController();
  // What is shown was proposed for something else: it must not be opened any more.
  for (const button of form.querySelectorAll("button[name=open]")) button.disabled = true;
  try {
    const answer = await fetch(`${form.dataset.fitting}?${given()}`, { signal: asked.signal, redirect: "error" });
    if (answer.ok) show(parts, await answer.text());
  } catch {
    // Another change came, or the network went: the button that proposes again is still there.
  }
}

function given() {
  const entries = [...new FormData(form)].filter(([name]) => ["product", "fault_codes", "template", "proposed"].includes(name));
  return new URLSearchParams(entries);
}

function show(parts, html) {
  const fresh = document.createRange().createContextualFragment(html);
  for (const id of parts) document.getElementById(id).replaceChildren(...fresh.getElementById(id).childNodes);
}
