import type { Observable } from 'rxjs';

/** What an observable emits at once, `undefined` if nothing; throws what it errors with at once. */
export function valueNow<T>(source: Observable<T>): T | undefined {
  let value: T | undefined;
  let failure: { readonly error: unknown } | undefined;
  source
    .subscribe({
      next: (emitted) => {
        value = emitted;
      },
      error: (error: unknown) => {
        failure = { error };
      },
    })
    .unsubscribe();
  if (failure !== undefined) throw failure.error;
  return value;
}
