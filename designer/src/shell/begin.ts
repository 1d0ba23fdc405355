import { isLanguage, speak } from "../words/index.ts";

/** Learn to speak before anything is shown. */
export async function begin(): Promise<void> {
  const wanted = document.documentElement.lang;
  await speak(isLanguage(wanted) ? wanted : "zh-CN");
}
