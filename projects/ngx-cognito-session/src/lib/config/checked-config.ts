import { Injector, inject, InjectionToken, runInInjectionContext } from '@angular/core';
import { catchError, defer, from, noop, of, ReplaySubject, share, tap, type Observable } from 'rxjs';
import { SessionError } from '../errors/session-error';
import { checkConfig } from './check-config';
import type { SessionConfig, SessionConfigSource } from './session-config';

declare const ngDevMode: unknown;

/** The configuration that the app passed, or its factory. */
export const SESSION_CONFIG_SOURCE = new InjectionToken<SessionConfigSource>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'SESSION_CONFIG_SOURCE' : '',
);

/** The configuration of the app, from an object, a factory or a promise, checked. */
export class CheckedConfig {
  private readonly source = inject(SESSION_CONFIG_SOURCE);
  private readonly injector = inject(Injector);

  /**
   * Replays the configuration, synchronously unless the app's factory returned a promise. Errors, always with the same
   * error: `configurationFailed` if the factory failed, `invalidConfiguration` if its result is malformed.
   * The factory runs once, on the first subscription.
   */
  readonly config$: Observable<SessionConfig> = defer(() => this.load()).pipe(
    catchError((error: unknown) => {
      throw failedBy(error);
    }),
    tap(checkConfig),
    catchError((error: unknown) => {
      throw error instanceof SessionError ? error : failedBy(error);
    }),
    share({
      connector: () => new ReplaySubject(1),
      resetOnComplete: false,
      resetOnError: false,
      resetOnRefCountZero: false,
    }),
  );

  /** `null` while the configuration is not known synchronously. */
  get namespace(): string | null {
    let namespace: string | null = null;
    this.config$
      .subscribe({
        next: (config) => {
          namespace = namespaceOf(config);
        },
        error: noop,
      })
      .unsubscribe();
    return namespace;
  }

  private load(): Observable<SessionConfig> {
    const { source } = this;
    if (typeof source !== 'function') return of(source);
    const loaded = runInInjectionContext(this.injector, source);
    // Not `instanceof`: under zone.js the promise of an async function is not of the class that is called Promise there.
    return 'then' in loaded ? from(loaded) : of(loaded);
  }
}

function failedBy(cause: unknown): SessionError {
  return new SessionError('configurationFailed', 'The configuration could not be loaded.', { cause });
}

/** The name that record, markers, locks and channel of a session share. */
export function namespaceOf({ clientId }: SessionConfig): string {
  return clientId;
}
