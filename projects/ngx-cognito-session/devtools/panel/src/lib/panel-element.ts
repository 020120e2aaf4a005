import { auditTime, interval, Subscription } from 'rxjs';
import { button, h, setText } from './dom';
import { stateText } from './format';
import { keepView, readView, type KeptView } from './kept-view';
import type { PanelModel, Snapshot } from './model';
import { panelView, type PanelView } from './panel-view';
import { styleSheet } from './styles';

const TICK_MS = 1000;
/** Changes that come together are shown together. */
const CALM_MS = 50;
/** How often the other tabs are asked, in ticks. */
const ASK_EVERY = 2;

/** The button, and the panel that it opens. Everything is in a shadow root: the page's styles and scripts see an empty element. */
export class SessionDevtoolsElement extends HTMLElement {
  /** The session that it shows; set before the element is attached. */
  model: PanelModel | null = null;
  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #dot = h('span', { class: 'dot' });
  readonly #opener = button(
    { class: 'open', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' },
    'Session',
    () => this.#open(true),
  );
  #panel: PanelView | null = null;
  #kept: KeptView = readView();
  #life = new Subscription();
  #ticking = Subscription.EMPTY;

  connectedCallback(): void {
    const { model } = this;
    if (model === null) return;
    const sheet = styleSheet();
    if (sheet !== null) this.#root.adoptedStyleSheets = [sheet];
    this.#opener.prepend(this.#dot);
    this.#panel = panelView(model, {
      close: () => this.#close(),
      select: (tab) => this.#select(tab),
      switchTheme: () => this.#switchTheme(),
    });
    const { element } = this.#panel;
    element.hidden = true;
    element.addEventListener('keydown', (event) => {
      // Not of the page below, which may close something of its own.
      event.stopPropagation();
      if (event.key === 'Escape') this.#close();
    });
    this.#root.replaceChildren(h('div', { class: 'root' }, this.#opener, element));
    this.#setTheme();
    this.#panel.select(this.#kept.tab);
    this.#life = model.changed$.pipe(auditTime(CALM_MS, model.scheduler)).subscribe(() => this.#show());
    this.#showClosed(model.look());
    if (this.#kept.isOpen) this.#open(false);
  }

  disconnectedCallback(): void {
    this.#life.unsubscribe();
    this.#ticking.unsubscribe();
    this.#root.replaceChildren();
    this.#panel = null;
  }

  get #isOpen(): boolean {
    return this.#panel?.element.hidden === false;
  }

  #open(takesFocus: boolean): void {
    const { element } = this.#panel ?? {};
    if (element === undefined) return;
    element.hidden = false;
    this.#opener.hidden = true;
    this.#opener.setAttribute('aria-expanded', 'true');
    this.#keep({ isOpen: true });
    this.#panel?.select(this.#kept.tab);
    this.#show();
    this.#tick();
    if (takesFocus) this.#panel?.focus();
  }

  #close(): void {
    if (!this.#isOpen) return;
    if (this.#panel !== null) this.#panel.element.hidden = true;
    this.#ticking.unsubscribe();
    this.#opener.hidden = false;
    this.#opener.setAttribute('aria-expanded', 'false');
    this.#keep({ isOpen: false });
    this.#opener.focus();
  }

  #select(tab: string): void {
    this.#panel?.select(tab);
    this.#keep({ tab });
    this.#show();
  }

  #show(): void {
    const { model } = this;
    if (model === null) return;
    const snapshot = model.look();
    this.#showClosed(snapshot);
    if (this.#isOpen) this.#panel?.show(snapshot);
  }

  /** The countdowns of an open panel need the ticks, and the other tabs are asked. */
  #tick(): void {
    const { model } = this;
    if (model === null) return;
    model.askTabs();
    this.#ticking.unsubscribe();
    this.#ticking = interval(TICK_MS, model.scheduler).subscribe((tick) => {
      if (tick % ASK_EVERY === 0) model.askTabs();
      this.#show();
    });
    this.#ticking.add(model.followBackoff().subscribe());
  }

  #showClosed({ state }: Snapshot): void {
    this.#dot.className = `dot ${state.status}`;
    const label = `Cognito session: ${stateText(state)}`;
    if (this.#opener.getAttribute('aria-label') !== label) this.#opener.setAttribute('aria-label', label);
    setText(this.#dot, '');
  }

  #switchTheme(): void {
    const isDark =
      this.#kept.theme === ''
        ? matchMedia('(prefers-color-scheme: dark)').matches
        : this.#kept.theme === 'dark';
    this.#keep({ theme: isDark ? 'light' : 'dark' });
    this.#setTheme();
  }

  #setTheme(): void {
    const { theme } = this.#kept;
    if (theme === '') delete this.dataset['theme'];
    else this.dataset['theme'] = theme;
  }

  #keep(change: Partial<KeptView>): void {
    this.#kept = { ...this.#kept, ...change };
    keepView(this.#kept);
  }
}
