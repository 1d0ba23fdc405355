// A slip at the stock desk, and a count, grow while codes are scanned: each Enter asks the server for the page with one
// more line, and the next code may be scanned before the answer is there. Without this script the same form does it page
// by page.

const form = document.querySelector("form[data-sheet]");
const scan = form?.querySelector("input[name=scan]");
let waiting = Promise.resolve();

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  if (event.target === scan) take(scan);
  else if (event.target.dataset.enter !== undefined) refresh({ set: event.target.dataset.enter });
  else if (event.target.name === "order") refresh({});
  scan.focus();
});

form?.addEventListener("change", (event) => {
  if (event.target.hasAttribute("data-head")) refresh({});
});

form?.addEventListener("click", (event) => {
  const button = event.target.closest("#sheet button[name]");
  if (button === null) return;
  event.preventDefault();
  refresh({ [button.name]: button.value });
  scan.focus();
});

function take(field) {
  const code = field.value.trim();
  field.value = "";
  if (code !== "") refresh({ scan: code });
}

// One after the other, so that no line is lost.
function refresh(asked) {
  waiting = waiting.then(() => send(asked)).catch(() => refuse(asked));
}

async function send(asked) {
  const given = new FormData(form);
  for (const [name, value] of Object.entries({ scan: "", ...asked })) given.set(name, value);
  const before = written(lines());
  const answer = await fetch(form.action, { method: "POST", body: given, redirect: "error" });
  if (!answer.headers.get("content-type")?.startsWith("text/html") || answer.status >= 500) throw new Error("no slip");
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("sheet");
  if (fresh === null) throw new Error("no slip");
  if (asked.drop === undefined) keep(before, fresh, asked.set);
  lines().replaceChildren(...fresh.childNodes);
}

function lines() {
  return document.getElementById("sheet");
}

// The fields of the lines by name, and by place where several have the same.
function fields(root) {
  const found = new Map();
  const seen = new Map();
  for (const each of root.querySelectorAll(":is(input, select, textarea)[name]")) {
    if (each.type === "hidden") continue;
    const many = seen.get(each.name) ?? 0;
    seen.set(each.name, many + 1);
    found.set(`${each.name}#${many}`, each);
  }
  return found;
}

function written(root) {
  return new Map([...fields(root)].map(([key, field]) => [key, field.value]));
}

// What was typed into a line while the answer was on its way stays.
function keep(before, fresh, set) {
  const there = fields(fresh);
  for (const [key, value] of written(lines())) {
    const isReason = key.startsWith("reason_");
    const field = there.get(key);
    if (field === undefined || key === `q_${set}#0`) continue;
    if (isReason || value !== before.get(key)) field.value = value;
  }
}

// The code is not lost: it stands in its field again.
function refuse(asked) {
  if (asked.scan !== undefined && scan.value === "") scan.value = asked.scan;
  const notice = document.createElement("p");
  notice.className = "notice bad";
  notice.setAttribute("role", "alert");
  notice.textContent = form.dataset.unreachable;
  lines().prepend(notice);
}
