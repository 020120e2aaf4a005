import type { Observable } from 'rxjs';

/** The value that an observable emits synchronously, `undefined` if none; throws its synchronous error. */
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
