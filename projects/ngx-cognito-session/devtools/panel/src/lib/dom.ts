/** Attributes: `true` sets an empty one, `false` leaves it out. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Makes an element. Text is text: nothing is ever parsed as HTML. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAll(element, attributes);
  element.append(...children);
  return element;
}

/** The same for SVG. */
export function svg(tag: string, attributes: Attributes, ...children: readonly Node[]): SVGElement {
  const element: SVGElement = document.createElementNS('http://www.w3.org/2000/svg', tag as 'g');
  setAll(element, attributes);
  element.append(...children);
  return element;
}

/** A button that is safe in a form. */
export function button(attributes: Attributes, label: string | Node, onPress: () => void): HTMLButtonElement {
  const element = h('button', { type: 'button', ...attributes }, label);
  element.addEventListener('click', onPress);
  return element;
}

/** Sets the text only if it differs, so that selections and screen readers are left alone. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Replaces the children when the data differ from those of the last call. */
export function renderer<T>(
  target: Element,
  render: (data: T) => readonly (Node | string)[],
): (data: T) => void {
  let shown: string | null = null;
  return (data) => {
    const text = JSON.stringify(data);
    if (text === shown) return;
    shown = text;
    target.replaceChildren(...render(data));
  };
}

/** A list of names and values. */
export function details(rows: readonly (readonly [string, string | Node])[]): HTMLElement {
  return h('dl', {}, ...rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
}

/** A table that scrolls by itself on a narrow page. */
export function table(
  label: string,
  columns: readonly string[],
  rows: readonly (readonly (string | Node)[])[],
): HTMLElement {
  const head = h('tr', {}, ...columns.map((name) => h('th', { scope: 'col' }, name)));
  const body = rows.map((cells) => h('tr', {}, ...cells.map((cell) => h('td', {}, cell))));
  return h(
    'div',
    { class: 'scroll', role: 'region', 'aria-label': label, tabindex: 0 },
    h('table', {}, h('thead', {}, head), h('tbody', {}, ...body)),
  );
}

/** The text of a view without content. */
export function empty(text: string): HTMLElement {
  return h('p', { class: 'empty' }, text);
}

function setAll(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes))
    if (value !== false) element.setAttribute(name, value === true ? '' : String(value));
}
