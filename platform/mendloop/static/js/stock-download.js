// A file that takes a while to make: the page says so, with the seconds, and what came of it. Without this script the
// same link is a plain download.

for (const link of document.querySelectorAll("a[data-download]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    if (link.getAttribute("aria-disabled") !== "true") void make(link);
  });
}

async function make(link) {
  const said = notice();
  const start = Date.now();
  const clock = setInterval(() => {
    show(said, "info", `${link.dataset.download} ${seconds(start)}`);
  }, 1000);
  link.setAttribute("aria-disabled", "true");
  show(said, "info", link.dataset.download);
  try {
    const answer = await fetch(link.href, { redirect: "error" });
    if (!answer.ok) throw new Error(await words(answer));
    save(await answer.blob(), new URL(link.href).pathname.split("/").pop());
    show(said, "good", link.dataset.done);
  } catch (error) {
    show(said, "bad", error.message);
  } finally {
    clearInterval(clock);
    link.removeAttribute("aria-disabled");
  }
}

function seconds(start) {
  return `${Math.round((Date.now() - start) / 1000)} s`;
}

// What the page of the refusal says.
async function words(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("main h1")?.textContent ?? String(answer.status);
}

function save(content, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => void URL.revokeObjectURL(link.href), 60_000);
}

function notice() {
  const known = document.querySelector("[data-said]");
  if (known !== null) return known;
  const made = document.createElement("p");
  made.dataset.said = "";
  made.setAttribute("role", "status");
  document.querySelector(".page-head").after(made);
  return made;
}

function show(said, kind, text) {
  said.className = `notice ${kind}`;
  said.textContent = text;
}
