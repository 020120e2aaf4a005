import { computed, inject, Injectable, signal } from '@angular/core';
import { EventLog } from '../../events/event-log';
import { FaultTools } from './fault-tools';
import type { FaultCase } from './faults';

/** A fault that was caused, and when, by the device's clock. */
export interface CausedFault {
  readonly fault: FaultCase;
  readonly at: number;
}

/** Causes one fault at a time, and knows how it went on. */
@Injectable({ providedIn: 'root' })
export class FaultDesk {
  private readonly tools = inject(FaultTools);
  private readonly log = inject(EventLog);

  private readonly last = signal<CausedFault | null>(null);
  private readonly busy = signal(false);
  private readonly failure = signal('');

  readonly caused = this.last.asReadonly();
  readonly isBusy = this.busy.asReadonly();
  /** Why the fault could not be caused. */
  readonly problem = this.failure.asReadonly();

  /** What the session has said since then, oldest first. */
  readonly events = computed(() => {
    const at = this.last()?.at ?? Infinity;
    return this.log
      .events()
      .filter((event) => event.at >= at)
      .reverse();
  });

  /** How long it took from the first error to the next tokens; `null` before that. */
  readonly healedAfterMs = computed(() => {
    const events = this.events();
    const failed = events.findIndex(({ type }) => type === 'error');
    const healed = events.find(({ type }, index) => index > failed && type === 'tokenRefreshed');
    const since = events[failed];
    return since === undefined || healed === undefined ? null : healed.at - since.at;
  });

  async cause(fault: FaultCase): Promise<void> {
    if (this.busy()) return;
    await this.run(async () => {
      await this.tools.repair();
      this.last.set({ fault, at: Date.now() });
      await fault.cause(this.tools);
    });
  }

  /** Ends a fault that lasts. The browser tells the page that it is online, as it would. */
  async end(): Promise<void> {
    await this.run(() => this.tools.repair());
    dispatchEvent(new Event('online'));
  }

  private async run(work: () => Promise<void>): Promise<void> {
    this.busy.set(true);
    this.failure.set('');
    try {
      await work();
    } catch (error) {
      this.failure.set(error instanceof Error ? error.message : 'The local Cognito did not answer.');
    } finally {
      this.busy.set(false);
    }
  }
}
