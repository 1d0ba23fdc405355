// The live board: <live-board stream="…" poll="…" last="…">. Messages come as server-sent events; where those do not get
// through, or as many watch as may, it asks every few seconds. What changed is put in its place and nothing else moves.
import { place, remove } from "./board-cards.js";
import { startWall } from "./board-wall.js";
import { tick } from "./board-time.js";

const SILENT = 15_000; // three beats missed: the line is dead, whatever the browser believes
const ASK_EVERY = 3_000;
const STREAM_AGAIN = 60_000;
const SLOWEST = 30_000;
const ANNOUNCE_EVERY = 60_000;
const WATCH = 1_000;

class LiveBoard extends HTMLElement {
  #source = null;
  #last = "";
  #heard = 0;
  #asOf = 0;
  #failures = 0;
  #timer = 0;
  #watching = 0;
  #announced = 0;
  #said = "";
  #refused = 0;
  #mute = 0; // streams in a row from which nothing came, though the server answers

  connectedCallback() {
    this.words = JSON.parse(this.dataset.words);
    this.#last = this.getAttribute("last") ?? "";
    this.#asOf = Date.parse(this.querySelector("[data-as-of]").dateTime);
    this.ahead = this.#asOf - Date.now(); // how far the server's clock is before ours
    this.#watching = setInterval(() => this.#watch(), WATCH);
    this.addEventListener("keydown", (event) => walk(this, event));
    if (this.hasAttribute("wall")) startWall(this);
    tick(this);
    this.#open();
  }

  disconnectedCallback() {
    clearInterval(this.#watching);
    clearTimeout(this.#timer);
    this.#source?.close();
  }

  // On the organisation's clock, wherever the screen hangs.
  clock(at) {
    return new Date(at).toLocaleTimeString("en-GB", { timeZone: this.dataset.zone });
  }

  #open() {
    this.#source?.close();
    const address = new URL(this.getAttribute("stream"), location.href);
    address.searchParams.set("last", this.#last);
    this.#heard = Date.now();
    this.#source = new EventSource(address);
    this.#source.addEventListener("beat", (event) => this.#beat(JSON.parse(event.data).at));
    this.#source.addEventListener("board", (event) => this.#show(JSON.parse(event.data)));
    this.#source.addEventListener("bye", (event) => this.#bye(JSON.parse(event.data).why));
    this.#source.onerror = () => { this.#mute += 1; this.#lost(); };
  }

  #beat(at) {
    this.#heard = Date.now();
    this.#failures = this.#mute = 0;
    this.#asOf = Date.parse(at);
    this.ahead = Math.max(this.#asOf - Date.now(), this.ahead - 1_000);
    this.#tell("live");
  }

  #bye(why) {
    this.#source.close();
    if (why === "signed_out") return this.#signedOut();
    if (why === "full") this.#refused = Date.now();
    this.#soon(why === "again" ? 0 : why === "full" ? ASK_EVERY : 500);
  }

  // The stream is gone. Ask once whether the server is there and knows us, then try again, each time a little later.
  #lost() {
    this.#source.close();
    this.#failures += 1;
    this.#soon(Math.min(SLOWEST, 500 * 2 ** this.#failures) * (0.75 + Math.random() / 2));
  }

  #soon(wait) {
    clearTimeout(this.#timer);
    if (this.isConnected) this.#timer = setTimeout(() => this.#ask(), wait);
  }

  async #ask() {
    if (this.#failures === 0 && Date.now() - this.#refused > STREAM_AGAIN) return this.#open();
    try {
      const address = new URL(this.getAttribute("poll"), location.href);
      address.searchParams.set("last", this.#last);
      const answer = await fetch(address, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(10_000) });
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return this.#signedOut();
      if (!answer.ok) throw new Error(String(answer.status));
      if (answer.status === 200) this.#show(await answer.json());
      this.#asOf = Date.now() + this.ahead;
      this.#tell("polling");
      this.#failures = 0;
      if (this.#mute > 2) {
        this.#mute = 0;
        this.#refused = Date.now();
      }
      this.#soon(Date.now() - this.#refused < STREAM_AGAIN ? ASK_EVERY : 0);
    } catch {
      this.#lost();
    }
  }

  #show(message) {
    this.#last = message.id;
    this.setAttribute("last", message.id);
    if (message.whole) {
      const stays = new Set(message.put.map((each) => each.id));
      for (const card of this.querySelectorAll(".board-card")) if (!stays.has(card.id)) card.remove();
    }
    remove(this, message.drop);
    place(this, message.put, !message.whole && !document.hidden);
    for (const [risk, count] of Object.entries(message.totals)) this.#count(risk, count);
    tick(this);
    this.#announce(message.said);
    this.dispatchEvent(new Event("shown"));
  }

  #count(risk, count) {
    const total = this.querySelector(`[data-total="${risk}"]`);
    if (!total) return;
    total.classList.toggle("none", count === 0);
    const number = total.querySelector(".board-total-number");
    if (number.textContent !== String(count)) number.textContent = String(count);
  }

  // Somebody who listens is not talked to all the time.
  #announce(said) {
    const now = Date.now();
    if (said === this.#said || now - this.#announced < ANNOUNCE_EVERY) return;
    this.#said = said;
    this.#announced = now;
    this.querySelector("[data-announce]").textContent = said;
  }

  #watch() {
    if (this.#source?.readyState !== EventSource.CLOSED && Date.now() - this.#heard > SILENT) this.#lost();
    if (Date.now() + this.ahead - this.#asOf > SILENT) this.#tell("lost");
    tick(this);
  }

  #tell(state) {
    const line = this.querySelector(".board-state");
    const words = { live: "live", polling: "polling", lost: "lost_since", out: "signed_out" }[state];
    line.dataset.state = state;
    line.querySelector("[data-says]").textContent = this.words[words];
    const time = line.querySelector("[data-as-of]");
    time.textContent = this.clock(this.#asOf);
    const banner = this.querySelector("[data-lost]");
    if (!banner) return;
    banner.hidden = state === "live" || state === "polling";
    const said = state === "out" ? this.words.signed_out : `${this.words.lost_since} ${time.textContent}`;
    const text = banner.querySelector("span");
    if (text.textContent !== said) text.textContent = said;
  }

  #signedOut() {
    this.#source?.close();
    clearInterval(this.#watching);
    clearTimeout(this.#timer);
    this.#tell("out");
    if (!this.hasAttribute("wall")) location.reload();
  }
}

// Arrow keys go from card to card: up and down in a lane, left and right between lanes.
function walk(board, event) {
  const card = event.target.closest?.(".board-card");
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const over = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!card || event.altKey || event.ctrlKey || event.metaKey || (!by && !over)) return;
  const cards = [...card.parentElement.children];
  const lanes = [...board.querySelectorAll(".lane-cards")].filter((lane) => lane.children.length);
  const lane = over ? lanes[lanes.indexOf(card.parentElement) + over] : card.parentElement;
  const at = cards.indexOf(card) + (by ?? 0);
  const next = lane?.children[over ? Math.min(at, lane.children.length - 1) : at]?.querySelector("a");
  if (!next) return;
  event.preventDefault();
  next.focus();
}

customElements.define("live-board", LiveBoard);
