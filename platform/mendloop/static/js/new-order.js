// The form of a new order answers at once: another product brings its own fault codes first, and with every change of
// product or faults the fitting processes, and what is known of them already; of that also while somebody describes the
// fault. A sub-order takes over what is at its position. Without this script the form's buttons do the same.

const form = document.querySelector("form[data-fitting]");
const PAUSE = 400;
const LONGEST_TEXT = 400;
let asked = new AbortController();
let typing = 0;
let stale = []; // what an answer that was given up would have shown

form?.addEventListener("change", ({ target }) => {
  if (target.name === "product") void refresh(["faults", "cases", "proposal"]);
  else if (target.name === "fault_codes") void refresh(["cases", "proposal"]);
  else if (target.name === "position") takeOver();
  else if (target.name === "template") form.elements.proposed.value = ""; // chosen by hand: it stays while it fits
});

form?.addEventListener("input", ({ target }) => {
  if (target.name !== "fault_text") return;
  clearTimeout(typing);
  typing = setTimeout(() => void refresh(["cases"]), PAUSE);
});

function takeOver() {
  const button = Object.assign(document.createElement("button"), { name: "take", value: "1", formNoValidate: true, hidden: true });
  form.append(button);
  form.requestSubmit(button);
}

async function refresh(parts) {
  asked.abort();
  asked = new AbortController();
  stale = [...new Set([...stale, ...parts])];
  // What is shown was proposed for something else: it must not be opened any more.
  for (const button of form.querySelectorAll("button[name=open]")) button.disabled = stale.includes("proposal");
  try {
    const answer = await fetch(`${form.dataset.fitting}?${given()}`, { signal: asked.signal, redirect: "error" });
    const html = await answer.text();
    if (answer.ok) show(stale.splice(0), html);
  } catch {
    // Another change came, or the network went: the button that proposes again is still there.
  }
}

function given() {
  const entries = [...new FormData(form)].filter(([name]) => ["product", "fault_codes", "fault_text", "template", "proposed"].includes(name));
  return new URLSearchParams(entries.map(([name, value]) => [name, value.slice(0, LONGEST_TEXT)]));
}

function show(parts, html) {
  const fresh = document.createRange().createContextualFragment(html);
  for (const id of parts) document.getElementById(id).replaceChildren(...fresh.getElementById(id).childNodes);
}
