// A screen on a wall: a clock, lanes that turn their pages when there is more than fits, and a screen that stays awake.

const TURN_EVERY = 12_000;

export function startWall(board) {
  const clock = board.querySelector("[data-clock]");
  const showClock = () => { clock.textContent = board.clock(Date.now() + board.ahead).slice(0, 5); };
  setInterval(showClock, 1_000);
  showClock();
  setInterval(() => turnAll(board), TURN_EVERY);
  board.addEventListener("shown", () => tellPages(board));
  addEventListener("resize", () => tellPages(board));
  tellPages(board);
  stayAwake();
  document.addEventListener("visibilitychange", stayAwake);
}

function turnAll(board) {
  for (const lane of board.querySelectorAll(".lane")) turn(lane.querySelector("ol"));
  tellPages(board);
}

// On to the first card that was not wholly seen; from the end back to the beginning.
function turn(list) {
  const end = list.scrollTop + list.clientHeight;
  const isOver = end >= list.scrollHeight - 2;
  const next = [...list.children].find((card) => card.offsetTop + card.offsetHeight > end + 1);
  list.scrollTop = isOver || !next ? 0 : next.offsetTop;
}

function tellPages(board) {
  for (const lane of board.querySelectorAll(".lane")) {
    const list = lane.querySelector("ol");
    const of = Math.max(1, Math.ceil((list.scrollHeight - 2) / list.clientHeight));
    const isEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 2;
    const page = isEnd ? of : Math.min(of, Math.round(list.scrollTop / list.clientHeight) + 1);
    const told = lane.querySelector("[data-page]");
    told.hidden = of < 2;
    told.textContent = board.words.page_of.replace("{page}", page).replace("{of}", of);
  }
}

async function stayAwake() {
  if (document.hidden) return;
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // not allowed here: the machine's own settings decide
  }
}
