import "./style/index.ts";
import "./style/screens.ts";
import { render } from "preact";
import { App } from "./app.tsx";
import { begin } from "./begin.ts";

const place = document.getElementById("app");
if (place !== null) {
  const start = await begin();
  place.textContent = "";
  render(<App start={start} />, place);
}
