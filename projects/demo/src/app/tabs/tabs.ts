import { computed, DestroyRef, effect, inject, Injectable, signal } from '@angular/core';
import type { SessionEvent } from 'ngx-cognito-session';
import { EventLog } from '../events/event-log';
import { injectNow } from '../session/inject-now';
import { openTabs, takeTabNumber } from './tab-number';

/** An event that happened in a tab itself; what a tab heard from others is not repeated. */
export interface TabEvent {
  readonly tab: number;
  readonly at: number;
  readonly type: SessionEvent['type'];
}

interface Message {
  readonly tab: number;
  /** `null` asks the other tabs for theirs. */
  readonly events: readonly TabEvent[] | null;
}

/** The open tabs of the demo, and what happened in each. Tabs tell each other over a channel of the demo; no token is in it. */
@Injectable({ providedIn: 'root' })
export class Tabs {
  private readonly log = inject(EventLog);
  private readonly channel = new BroadcastChannel('demo-tabs');
  private readonly others = signal<ReadonlyMap<number, readonly TabEvent[]>>(new Map());
  private readonly opened = signal<readonly number[]>([]);
  private readonly own = signal<number | null>(null);
  private readonly now = injectNow();

  /** The number of this tab; `null` until it is known. */
  readonly ownNumber = this.own.asReadonly();
  /** The numbers of the open tabs, this one included. */
  readonly open = this.opened.asReadonly();
  readonly ownEvents = computed<readonly TabEvent[]>(() => {
    const tab = this.own();
    if (tab === null) return [];
    const own = this.log.events().filter(({ origin }) => origin === 'thisTab');
    return own.map(({ at, type }) => ({ tab, at, type }));
  });
  /** The events of all tabs that this tab knows of, oldest first. */
  readonly events = computed(() =>
    [...this.others().values(), this.ownEvents()].flat().sort((a, b) => a.at - b.at),
  );

  constructor() {
    this.channel.onmessage = ({ data }: MessageEvent<Message>) => this.receive(data);
    inject(DestroyRef).onDestroy(() => this.channel.close());
    effect(() => this.send(this.ownEvents()));
    // Every second, as long as the page is visible.
    effect(() => {
      this.now();
      this.own();
      this.look();
    });
    void this.start();
  }

  private async start(): Promise<void> {
    const { locks } = navigator as Partial<Navigator>;
    // Without a secure context there are no locks: then this is the only tab that is known.
    this.own.set(locks === undefined ? 1 : await takeTabNumber(locks, sessionStorage));
    this.send(null);
  }

  private look(): void {
    const { locks } = navigator as Partial<Navigator>;
    if (locks === undefined) this.opened.set([1]);
    else void openTabs(locks).then((numbers) => this.setOpened(numbers));
  }

  private setOpened(numbers: readonly number[]): void {
    if (numbers.join() !== this.opened().join()) this.opened.set(numbers);
  }

  private send(events: readonly TabEvent[] | null): void {
    const tab = this.own();
    if (tab !== null) this.channel.postMessage({ tab, events } satisfies Message);
  }

  private receive({ tab, events }: Message): void {
    if (tab === this.own()) return;
    if (events === null) this.send(this.ownEvents());
    else this.others.update((others) => new Map(others).set(tab, events));
    this.look();
  }
}
