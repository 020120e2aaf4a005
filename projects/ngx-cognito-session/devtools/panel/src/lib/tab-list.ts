import { button, h } from './dom';

/** The tabs of the panel: one can be reached with the Tab key, arrow keys move between them. */
export interface TabList {
  readonly element: HTMLElement;
  /** Shows one as selected. */
  select(name: string): void;
  /** Moves the focus to the selected one. */
  focus(): void;
}

/** @see https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
export function tabList(names: readonly string[], onSelect: (name: string) => void): TabList {
  const tabs = names.map((name) =>
    button({ role: 'tab', id: tabId(name), 'aria-controls': 'view' }, name, () => onSelect(name)),
  );
  const element = h('div', { role: 'tablist', 'aria-label': 'Session' }, ...tabs);
  const selected = () => tabs.findIndex((tab) => tab.getAttribute('aria-selected') === 'true');
  element.addEventListener('keydown', (event) => {
    const index = nextIndex(event.key, selected(), tabs.length);
    const name = index === null ? undefined : names[index];
    if (name === undefined) return;
    event.preventDefault();
    onSelect(name);
    tabs[selected()]?.focus();
  });
  return {
    element,
    select: (name) => {
      for (const tab of tabs) {
        const isSelected = tab.id === tabId(name);
        tab.setAttribute('aria-selected', String(isSelected));
        tab.tabIndex = isSelected ? 0 : -1;
        // On a narrow page it may be out of sight.
        if (isSelected) element.scrollLeft = tab.offsetLeft - (element.clientWidth - tab.offsetWidth) / 2;
      }
    },
    focus: () => tabs[selected()]?.focus(),
  };
}

/** The id of the tab, which names its view. Pure. */
export function tabId(name: string): string {
  return `tab-${name.toLowerCase().replaceAll(' ', '-')}`;
}

/** The tab that a key leads to; `null`: none. Pure. */
export function nextIndex(key: string, index: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (index + 1) % count;
    case 'ArrowLeft':
      return (index + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
