// A slip at the stock desk grows while codes are scanned: each Enter asks the server for the slip with one more line, and
// the next code may be scanned before the answer is there. Without this script the same form does it page by page.

const form = document.querySelector("form[data-sheet]");
const scan = form?.querySelector("input[name=scan]");
const KEPT = ["quantity", "unit", "cost", "lot", "serials"];
let waiting = Promise.resolve();

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  if (event.target === scan) take(scan);
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
  given.set("scan", asked.scan ?? "");
  if (asked.drop !== undefined) given.set("drop", asked.drop);
  const before = written();
  const answer = await fetch(form.action, { method: "POST", body: given, redirect: "error" });
  if (!answer.headers.get("content-type")?.startsWith("text/html") || answer.status >= 500) throw new Error("no slip");
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("sheet");
  if (fresh === null) throw new Error("no slip");
  if (asked.drop === undefined) keep(before, fresh);
  document.getElementById("sheet").replaceChildren(...fresh.childNodes);
}

function written() {
  return Object.fromEntries(KEPT.map((name) => [name, [...form.querySelectorAll(`[name=${name}]`)].map((each) => each.value)]));
}

// What was typed into a line while the answer was on its way stays.
function keep(before, fresh) {
  const now = written();
  for (const name of KEPT) {
    const fields = fresh.querySelectorAll(`[name=${name}]`);
    now[name].forEach((value, index) => {
      if (value !== before[name][index] && fields[index] !== undefined) fields[index].value = value;
    });
  }
}

// The code is not lost: it stands in its field again.
function refuse(asked) {
  if (asked.scan !== undefined && scan.value === "") scan.value = asked.scan;
  const notice = document.createElement("p");
  notice.className = "notice bad";
  notice.setAttribute("role", "alert");
  notice.textContent = form.dataset.unreachable;
  document.getElementById("sheet").prepend(notice);
}
