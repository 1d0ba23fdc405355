import { isLanguage, speak } from "../words/index.ts";
import { listenToAddress } from "./address.ts";
import { showAppearance } from "./appearance.ts";

/** Learn to speak before anything is shown. */
export async function begin(): Promise<void> {
  showAppearance();
  listenToAddress();
  const wanted = document.documentElement.lang;
  await speak(isLanguage(wanted) ? wanted : "zh-CN");
}
