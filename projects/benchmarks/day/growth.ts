import { effect } from '@angular/core';
import type { Observable } from 'rxjs';
import type { CountedPage } from './counted-page';

/** What parts of an app subscribe to. */
export const KINDS = ['session$', 'state$', 'user()'] as const;
export type Kind = (typeof KINDS)[number];

/** Subscribers of one session, and the values that reached them. */
export class Subscribers {
  readonly values: Record<Kind, number> = { session$: 0, state$: 0, 'user()': 0 };
  readonly #end: (() => void)[] = [];

  constructor(private readonly page: CountedPage) {}

  add(kind: Kind, count: number): void {
    for (let at = 0; at < count; at++) this.#end.push(this.#subscribe(kind));
  }

  end(): void {
    for (const end of this.#end.splice(0)) end();
  }

  #subscribe(kind: Kind): () => void {
    const { session, app } = this.page;
    const received = () => this.values[kind]++;
    if (kind === 'user()') {
      const reader = effect(
        () => {
          session.user();
          received();
        },
        { injector: app.injector },
      );
      return () => reader.destroy();
    }
    const stream: Observable<unknown> = session[kind];
    const subscription = stream.subscribe(received);
    return () => subscription.unsubscribe();
  }
}
