import { DestroyRef, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { filter } from 'rxjs';
import { SLEEP_SIGNALS } from '../platform/sleep-signals';
import { WAKE_SIGNALS } from '../platform/wake-signals';
import { applyChange } from '../state/apply-change';
import { heldState } from '../state/held-state';
import { SessionStore } from '../state/session-store';
import { FailureReport } from './failure-report';
import { noteFailure } from './note-failure';
import { Verification } from './verification';

/** After the page was hidden, frozen or left, another tab may have signed out: the record is asked before anything is handed out. */
@Injectable()
export class Resume {
  private readonly store = inject(SessionStore);
  private readonly verification = inject(Verification);
  private readonly report = inject(FailureReport);
  private readonly sleepSignals = inject(SLEEP_SIGNALS);
  private readonly wakeSignals = inject(WAKE_SIGNALS);
  private readonly destroyRef = inject(DestroyRef);
  private hasSlept = false;

  /** Watches until the injector is destroyed. */
  start(): void {
    this.sleepSignals.pipe(takeUntilDestroyed(this.destroyRef)).subscribe(() => {
      this.hasSlept = true;
      this.suspect();
    });
    this.wakeSignals
      .pipe(
        filter((signal) => signal !== 'online'),
        takeUntilDestroyed(this.destroyRef),
      )
      .subscribe(() => {
        // Again: what was verified while nobody looked says nothing of what came after it.
        if (this.hasSlept) this.suspect();
        this.hasSlept = false;
        this.verify();
      });
  }

  private suspect(): void {
    const { active } = this.store;
    if (active !== null) applyChange(this.store, { type: 'suspected', sid: active.sid });
  }

  /** At once, whether or not anybody asks for a token: the page may show a session that is over. */
  private verify(): void {
    if (heldState(this.store)?.suspect !== true) return;
    this.verification.verify().subscribe({
      error: (error: unknown) => {
        if (heldState(this.store)?.suspect === true)
          noteFailure(this.report, 'The record could not be read yet.', error);
      },
    });
  }
}
