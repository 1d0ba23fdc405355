/** The phone in the designer's preview: the app's own screens on an order that exists nowhere but there. */
import "../style/index.ts";
import "../style/screens.ts";
import { wear } from "@mendloop/fields/wear.ts";
import { render } from "preact";
import { PreviewApp } from "./app.tsx";
import { installCamera } from "./camera.ts";
import { installClock } from "./clock.ts";
import { installHistory } from "./history.ts";
import looks from "./preview.css?inline";
import { Wire } from "./wire.ts";

const place = document.getElementById("app");
if (place !== null) {
  Reflect.deleteProperty(globalThis, "BroadcastChannel"); // nothing that is tried here is told to other tabs
  installClock();
  installHistory();
  installCamera();
  wear(looks);
  const wire = new Wire();
  place.textContent = "";
  render(<PreviewApp wire={wire} />, place);
  wire.begin();
}
