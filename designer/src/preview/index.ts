/** The phone beside the flow: the open step as its engineer sees it, the whole order to be tried, and scenarios recorded from it. */
import "./preview.css";

export { Preview } from "./ui/preview.tsx";
export { recordAgain } from "./again.ts";
export { TryIt } from "./ui/try_it.tsx";
