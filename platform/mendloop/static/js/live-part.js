// A part of a page that stays fresh: <live-part src="/orders/live?…" every="1500">…</live-part>.
// It asks with the ETag of what it shows, only while the page is visible, once at a time, and backs off when the server
// does not answer. An answer that takes longer than `patience` (in milliseconds) is given up.

const SLOWEST = 30_000;
const PATIENCE = 20_000;

class LivePart extends HTMLElement {
  #timer = 0;
  #etag = "";
  #failures = 0;
  #isAsking = false;
  #onVisible = () => { if (!document.hidden) this.#soon(0); };

  connectedCallback() {
    document.addEventListener("visibilitychange", this.#onVisible);
    this.#soon(this.#every);
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.#onVisible);
    clearTimeout(this.#timer);
  }

  get #every() {
    return Number(this.getAttribute("every")) || 1500;
  }

  #soon(wait) {
    clearTimeout(this.#timer);
    if (this.isConnected && !this.#isAsking) this.#timer = setTimeout(() => this.#refresh(), wait);
  }

  async #refresh() {
    if (document.hidden) return; // being seen again asks at once
    if (this.#isInUse()) return this.#soon(this.#every);
    this.#isAsking = true;
    try {
      const headers = this.#etag ? { "If-None-Match": this.#etag } : {};
      const signal = AbortSignal.timeout(Number(this.getAttribute("patience")) || PATIENCE);
      const answer = await fetch(this.getAttribute("src"), { headers, signal, cache: "no-store", redirect: "error" });
      if (answer.status === 200) this.#show(await answer.text(), answer.headers.get("ETag") ?? "");
      else if (answer.status !== 304) throw new Error(String(answer.status));
      this.#failures = 0;
    } catch {
      this.#failures += 1;
    }
    this.#isAsking = false;
    this.toggleAttribute("stale", this.#failures > 2);
    this.#soon(Math.min(SLOWEST, this.#every * 2 ** this.#failures));
  }

  // Nobody's selection, open enlargement or menu is taken away.
  #isInUse() {
    const selection = getSelection();
    const selects = selection && !selection.isCollapsed && this.contains(selection.anchorNode);
    return selects || this.querySelector("dialog[open]") !== null;
  }

  #show(html, etag) {
    this.#etag = etag;
    const focused = this.contains(document.activeElement) ? document.activeElement : null;
    const address = focused?.getAttribute("href");
    const opened = [...this.querySelectorAll("details[id][open]")].map((each) => each.id);
    const fresh = document.createRange().createContextualFragment(html);
    this.replaceChildren(fresh);
    for (const id of opened) this.querySelector(`details#${CSS.escape(id)}`)?.setAttribute("open", "");
    if (address) this.querySelector(`a[href="${CSS.escape(address)}"]`)?.focus({ preventScroll: true });
  }
}

customElements.define("live-part", LivePart);
