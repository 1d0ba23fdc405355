// Results as one types: <search-live src="/knowledge/search/results"><form>…</form><div id="results">…</div></search-live>.
// The address keeps what was asked; with `beside` the page is about something else: its address stays, and nothing is shown
// for nothing. Down and Up go through the results, Escape goes back to the field. Without this script the form's button does
// the same.

const PAUSE = 120;

class SearchLive extends HTMLElement {
  #timer = 0;
  #asked = new AbortController();

  connectedCallback() {
    this.addEventListener("input", () => this.#soon(PAUSE));
    this.addEventListener("keydown", (event) => this.#walk(event));
    if (this.#isBeside) return;
    this.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); this.#soon(0); });
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#asked.abort();
  }

  #soon(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), wait);
  }

  async #ask() {
    this.#asked.abort();
    this.#asked = new AbortController();
    if (this.#isBeside && this.querySelector("input[type=search]").value.trim() === "") {
      this.#results.replaceChildren();
      return;
    }
    const given = new URLSearchParams([...new FormData(this.querySelector("form"))].filter(([, value]) => value !== ""));
    try {
      const answer = await fetch(`${this.getAttribute("src")}?${given}`, { signal: this.#asked.signal, redirect: "error" });
      if (!answer.ok) return;
      this.#results.replaceChildren(document.createRange().createContextualFragment(await answer.text()));
      if (!this.#isBeside) history.replaceState(null, "", given.size ? `?${given}` : location.pathname);
    } catch {
      // Another letter came, or the network went: the button still asks.
    }
  }

  get #isBeside() {
    return this.hasAttribute("beside");
  }

  get #results() {
    return this.querySelector("#results");
  }

  #walk(event) {
    const stops = [this.querySelector("input[type=search]"), ...this.#results.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: at > 0 ? 0 : -1 }[event.key];
    if (at < 0 || to === undefined || stops[to] === undefined) return;
    event.preventDefault();
    stops[to].focus();
  }
}

customElements.define("search-live", SearchLive);
