/** Add looks that come with a piece of the app: they are there before anything of it is shown. */
export function wear(looks: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(looks);
  document.adoptedStyleSheets.push(sheet);
}
