// Minutes go on by themselves: nothing is sent for them. Only what reads otherwise is written.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function tick(board) {
  const now = Date.now() + board.ahead;
  const minute = Math.floor(now / (MINUTE / 4)); // four times a minute is soon enough
  for (const said of board.querySelectorAll("[data-since]")) {
    if (said.ticked === minute) continue;
    said.ticked = minute;
    write(said, lasting(now - Date.parse(said.dataset.since), board.words));
  }
  for (const work of board.querySelectorAll("[data-worked]")) {
    if (work.ticked === minute) continue;
    work.ticked = minute;
    show(work, now, board.words);
  }
}

function show(work, now, words) {
  const running = work.dataset.from ? Math.max(0, now - Date.parse(work.dataset.from)) : 0;
  const minutes = Math.floor((Number(work.dataset.worked) + running) / MINUTE + 0.5);
  const standard = work.dataset.standard;
  write(work.querySelector(".bc-minutes"), fill(words.of_standard, { minutes, standard }));
  const width = String(Math.min(100, Math.round((1000 * minutes) / Number(standard)) / 10));
  const bar = work.querySelector(".bc-bar-fill");
  if (bar.getAttribute("width") !== width) bar.setAttribute("width", width);
}

function lasting(milliseconds, words) {
  const time = Math.max(0, milliseconds);
  const minutes = Math.floor((time % HOUR) / MINUTE);
  if (time < HOUR) return fill(words.minutes, { minutes });
  if (time < DAY) return fill(words.hours, { hours: Math.floor(time / HOUR), minutes });
  return fill(words.days, { days: Math.floor(time / DAY), hours: Math.floor((time % DAY) / HOUR) });
}

function fill(words, values) {
  return words.replace(/\{([a-z]+)\}/g, (_, name) => values[name]);
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
