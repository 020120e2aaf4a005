/** Attributes by name. `true` sets an empty attribute, `false` sets none. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Creates an HTML element. Strings become text nodes and are never parsed as HTML. */
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

/** Creates an SVG element. */
export function svg(tag: string, attributes: Attributes, ...children: readonly Node[]): SVGElement {
  const element: SVGElement = document.createElementNS('http://www.w3.org/2000/svg', tag as 'g');
  setAll(element, attributes);
  element.append(...children);
  return element;
}

/** Creates a button that does not submit a form. */
export function button(attributes: Attributes, label: string | Node, onPress: () => void): HTMLButtonElement {
  const element = h('button', { type: 'button', ...attributes }, label);
  element.addEventListener('click', onPress);
  return element;
}

/** Sets the text only if it differs, because each change clears a selection and may be announced by a screen reader. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Returns a function that renders data as the children of `target`. It does nothing if the data are the same as in the last call. */
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

/** Creates a list of names and values. */
export function details(rows: readonly (readonly [string, string | Node])[]): HTMLElement {
  return h('dl', {}, ...rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
}

/**
 * Returns a function that shows one child per item. An item that was shown before keeps its child, and with it the focus and the
 * selection.
 */
export function listRenderer<T>(
  target: Element,
  render: (item: T) => Element,
): (items: readonly T[]) => void {
  let shown: readonly (readonly [text: string, child: Element])[] = [];
  return (items) => {
    const left = [...shown];
    const take = (text: string): Element | undefined => {
      const index = left.findIndex(([known]) => known === text);
      return index < 0 ? undefined : left.splice(index, 1)[0]?.[1];
    };
    shown = items.map((item) => {
      const text = JSON.stringify(item);
      return [text, take(text) ?? render(item)] as const;
    });
    for (const [, child] of left) child.remove();
    shown.forEach(([, child], index) => {
      const present = target.children[index] ?? null;
      if (present !== child) target.insertBefore(child, present);
    });
  };
}

/** The options of a table. */
export interface TableOptions<T> {
  /** The accessible name. */
  readonly label: string;
  readonly columns: readonly string[];
  /** The cells of one row. */
  readonly cells: (item: T) => readonly (Node | string)[];
  /** The text that replaces a table without rows. */
  readonly emptyText: string;
}

/** Creates a table that scrolls horizontally on a narrow page. `show` changes only its rows. */
export function table<T>({ label, columns, cells, emptyText }: TableOptions<T>): {
  readonly element: HTMLElement;
  readonly show: (items: readonly T[]) => void;
} {
  const head = h('tr', {}, ...columns.map((name) => h('th', { scope: 'col' }, name)));
  const body = h('tbody');
  const region = h(
    'div',
    { class: 'scroll', role: 'region', 'aria-label': label, tabindex: 0 },
    h('table', {}, h('thead', {}, head), body),
  );
  const element = h('div');
  const showRows = listRenderer<T>(body, (item) =>
    h('tr', {}, ...cells(item).map((cell) => h('td', {}, cell))),
  );
  const showTable = renderer(element, (isEmpty: boolean) => [isEmpty ? empty(emptyText) : region]);
  return {
    element,
    show: (items) => {
      showRows(items);
      showTable(items.length === 0);
    },
  };
}

/** Creates the text of a view without content. */
export function empty(text: string): HTMLElement {
  return h('p', { class: 'empty' }, text);
}

function setAll(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes))
    if (value !== false) element.setAttribute(name, value === true ? '' : String(value));
}
