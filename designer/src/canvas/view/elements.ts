const SVG = "http://www.w3.org/2000/svg";

type Attributes = Readonly<Record<string, string>>;

export function html<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Attributes = {}): HTMLElementTagNameMap[Name] {
  return given(document.createElement(name), attributes);
}

export function svg<Name extends keyof SVGElementTagNameMap>(name: Name, attributes: Attributes = {}): SVGElementTagNameMap[Name] {
  return given(document.createElementNS(SVG, name), attributes);
}

function given<Made extends Element>(element: Made, attributes: Attributes): Made {
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** Set what differs only: setting the same again costs a style pass. */
export function put(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
