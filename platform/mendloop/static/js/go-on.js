// A page that was shown before all of it was worked out comes back by itself. Nobody is interrupted: not while they look
// elsewhere, choose a filter or have a menu open. Without scripts the page says in its head when it comes back.

const SOON = 1000;

class GoOn extends HTMLElement {
  #timer = 0;

  connectedCallback() {
    this.#timer = setTimeout(() => this.#go(), SOON);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  #go() {
    const isInUse = document.activeElement?.closest("form") || document.querySelector("dialog[open], :popover-open");
    if (document.hidden || isInUse) this.connectedCallback();
    else location.replace(this.getAttribute("href"));
  }
}

customElements.define("go-on", GoOn);
