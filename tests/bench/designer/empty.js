/* global document */
// Nothing at all: what the browser itself needs for a page and for a pointer that moves over it.
import { place, usable } from "./sent.js";

const app = place();
const box = document.createElement("div");
box.dataset.node = "";
box.style.cssText = "position:absolute;left:380px;top:200px;width:240px;height:92px";
app.append(box);
usable("[data-node]");
