import { DestroyRef, effect, inject, signal, untracked, type Signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { injectNow } from '../session/inject-now';
import type { CognitoCall } from './cognito-call';
import { LocalCognito } from './local-cognito';

/** Calls that the local Cognito received. */
export interface CognitoCalls {
  /** Oldest first, with times by the device's clock. `null` until they are known. */
  readonly calls: Signal<readonly CognitoCall[] | null>;
  readonly hasFailed: Signal<boolean>;
}

/** Asks the local Cognito every second, as long as the caller lives and the page is visible. Needs an injection context. */
export function injectCognitoCalls(): CognitoCalls {
  const [cognito, destroyRef, now] = [inject(LocalCognito), inject(DestroyRef), injectNow()];
  const calls = signal<readonly CognitoCall[] | null>(null);
  const hasFailed = signal(false);
  let isAsking = false;

  const ask = () => {
    if (isAsking || !cognito.isThere) return;
    isAsking = true;
    // A call that had not ended is asked for again.
    const known = (calls() ?? []).filter(({ endedAt }) => endedAt !== null);
    const open = (calls() ?? []).find(({ endedAt }) => endedAt === null);
    const after = open === undefined ? (known.at(-1)?.number ?? 0) : open.number - 1;
    cognito
      .calls(after)
      .pipe(takeUntilDestroyed(destroyRef))
      .subscribe({
        next: (answer) => {
          isAsking = false;
          hasFailed.set(false);
          const ahead = answer.now - Date.now();
          const later = answer.calls.map((call) => ({ ...call, at: call.at - ahead }));
          if (calls() === null || later.length > 0)
            calls.set([...known.filter(({ number }) => number <= after), ...later]);
        },
        error: () => {
          isAsking = false;
          hasFailed.set(true);
        },
      });
  };
  effect(() => {
    now();
    untracked(ask);
  });
  return { calls: calls.asReadonly(), hasFailed: hasFailed.asReadonly() };
}
