/* global document */

/** The form that the page was sent with. */
export function form() {
  return JSON.parse(document.getElementById("form").textContent);
}

/** The element that the form is put into. */
export function place() {
  return document.getElementById("app");
}
