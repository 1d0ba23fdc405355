// A tree whose deeper levels are fetched when somebody opens them: <details data-inside="/assets/…/inside?at=…">.
// Inside stands a link to a page that shows the same: it stays where this script or the network is missing.

document.addEventListener("toggle", ({ target }) => {
  if (target instanceof HTMLDetailsElement && target.open && target.dataset.inside) void fill(target);
}, true);

async function fill(details) {
  const address = details.dataset.inside;
  delete details.dataset.inside; // asked for once
  try {
    const answer = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(20_000) });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = document.createRange().createContextualFragment(await answer.text());
    details.querySelector(".bom-more").replaceWith(fresh);
  } catch {
    details.dataset.inside = address; // opening it again asks again
  }
}
