/* global document, performance, requestAnimationFrame */
/** The flow that came with the page: `{nodes: [{id, title, x, y}], edges: [[from, to]]}`. */
export const flow = JSON.parse(document.getElementById("form").textContent);

export function place() {
  const app = document.getElementById("app");
  app.style.cssText = "position:fixed;inset:0";
  document.body.style.margin = "0";
  return app;
}

/** Call it when the flow can be used: after the next frame has been painted. */
export function usable(nodeSelector) {
  globalThis.nodeSelector = nodeSelector;
  requestAnimationFrame(() => { requestAnimationFrame(() => { globalThis.usableAt = performance.now(); }); });
}
