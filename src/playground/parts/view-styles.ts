/** Adds the styles of a view that is loaded on demand. The policy allows this: the sheet is an object, and not markup. */
export function addStyles(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}
