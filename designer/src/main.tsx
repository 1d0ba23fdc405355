import "@mendloop/fields/style/tokens.css";
import "./style/base.css";
import "./style/controls.css";
import "./shell/shell.css";
import { render } from "preact";
import { App } from "./shell/app.tsx";
import { begin } from "./shell/begin.ts";

const place = document.getElementById("app");
if (place !== null) {
  await begin();
  place.textContent = "";
  render(<App />, place);
}
