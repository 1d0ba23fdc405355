// A slip at the stock desk, and a count, grow while codes are scanned: each Enter asks the server for the page with one
// more line, and the next code may be scanned before the answer is there. Without this script the same form does it page
// by page.

const form = document.querySelector("form[data-sheet]");
const scan = form?.querySelector("input[name=scan]");

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const PATIENCE_MS = 20_000;

// What was asked for and is not answered yet; the button that is to be pressed after it; whether the form was sent.
const queue = [];
let last;
let isSent = false;

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

form?.addEventListener("submit", (event) => {
  if (isSent) event.preventDefault(); // a second tap
  else if (queue.length === 0) isSent = true;
  else {
    event.preventDefault();
    last = event.submitter;
  }
});

// Back on a page that was left: it may be sent again.
window.addEventListener("pageshow", () => {
  isSent = false;
});

window.addEventListener("beforeunload", (event) => {
  if (queue.length > 0) event.preventDefault();
});

function take(field) {
  const code = field.value.trim();
  field.value = "";
  if (code !== "") refresh({ scan: code, scan_key: newKey() });
}

// A scan's own key: told once more, because its answer was lost, it is not counted once more.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("");
}

function refresh(asked) {
  queue.push(asked);
  if (queue.length === 1) void work();
}

// One after the other, each until it is answered, so that no line is lost and none comes twice.
async function work() {
  let pause = FIRST_PAUSE_MS;
  while (queue.length > 0) {
    try {
      await send(queue[0]);
      queue.shift();
      pause = FIRST_PAUSE_MS;
      tell(0);
    } catch {
      tell(queue.length);
      await new Promise((resolve) => void setTimeout(resolve, pause));
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
  }
  if (last !== undefined) form.requestSubmit(last);
  last = undefined;
}

async function send(asked) {
  const given = new FormData(form);
  for (const [name, value] of Object.entries({ scan: "", ...asked })) given.set(name, value);
  const before = written(lines());
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const answer = await fetch(form.action, { method: "POST", body: given, redirect: "error", signal });
  if (!answer.headers.get("content-type")?.startsWith("text/html") || answer.status >= 500) throw new Error("no slip");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("sheet");
  if (fresh === null) throw new Error("no slip");
  if (asked.scan?.startsWith("place:") || /^r-/i.test(asked.scan ?? "")) choose(page);
  know(page, given);
  if (asked.drop === undefined) keep(before, fresh, asked.set);
  lines().replaceChildren(...fresh.childNodes);
}

// A place's label, or an old part's tag, that was scanned has chosen a place above the lines.
function choose(page) {
  for (const field of form.querySelectorAll("select[data-head]")) {
    const chosen = page.getElementById(field.id);
    if (chosen !== null) field.replaceWith(chosen);
  }
}

// The order's whole number, where a short one was typed or its code was scanned.
function know(page, given) {
  const order = form.querySelector("input[name=order]");
  const known = page.getElementById("order");
  if (order !== null && known !== null && order.value === given.get("order")) order.value = known.value;
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

// What waits is told above the lines, with how much it is.
function tell(many) {
  form.querySelector("[data-waits]")?.remove();
  if (many === 0) return;
  const notice = document.createElement("p");
  notice.className = "notice bad";
  notice.dataset.waits = String(many);
  notice.setAttribute("role", "alert");
  notice.textContent = `${form.dataset.unreachable} (${many})`;
  lines().before(notice);
}
