import { HttpClient } from '@angular/common/http';
import { DestroyRef, inject, signal, type Signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { finalize } from 'rxjs';
import { toFailedOutcome, toOutcome, type ApiOutcome } from './api-outcome';

/** A call of an API, one at a time, and what came of the last one. */
export interface ApiCall {
  readonly isBusy: Signal<boolean>;
  readonly outcome: Signal<ApiOutcome | null>;
  readonly send: (url: string) => void;
}

/** Sends through `HttpClient` until the component is destroyed. Needs an injection context. */
export function injectApiCall(): ApiCall {
  const [http, destroyRef] = [inject(HttpClient), inject(DestroyRef)];
  const isBusy = signal(false);
  const outcome = signal<ApiOutcome | null>(null);
  const send = (url: string) => {
    if (isBusy()) return;
    isBusy.set(true);
    http
      .get<unknown>(url, { observe: 'response' })
      .pipe(
        finalize(() => isBusy.set(false)),
        takeUntilDestroyed(destroyRef),
      )
      .subscribe({
        next: (response) => outcome.set(toOutcome(response)),
        error: (error: unknown) => outcome.set(toFailedOutcome(error)),
      });
  };
  return { isBusy: isBusy.asReadonly(), outcome: outcome.asReadonly(), send };
}
