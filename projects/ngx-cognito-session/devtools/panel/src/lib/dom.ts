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

/**
 * Shows one child for each item. The child of an item that was shown before stays where it is, so that the focus and a selection in
 * it are left alone.
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

/** A table, and how its rows are made. */
export interface TableOptions<T> {
  /** Its name for screen readers. */
  readonly label: string;
  readonly columns: readonly string[];
  /** The cells of one row. */
  readonly cells: (item: T) => readonly (Node | string)[];
  /** Shown in place of a table without rows. */
  readonly emptyText: string;
}

/** A table that scrolls by itself on a narrow page. Only its rows change. */
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

/** The text of a view without content. */
export function empty(text: string): HTMLElement {
  return h('p', { class: 'empty' }, text);
}

function setAll(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes))
    if (value !== false) element.setAttribute(name, value === true ? '' : String(value));
}
