import { Injector, inject, Injectable, InjectionToken, runInInjectionContext } from '@angular/core';
import { catchError, defer, from, map, of, ReplaySubject, share, type Observable } from 'rxjs';
import { SessionError } from '../errors/session-error';
import { resolveConfig, type ResolvedConfig } from './resolved-config';
import type { SessionConfig, SessionConfigSource } from './session-config';

export const SESSION_CONFIG_SOURCE = new InjectionToken<SessionConfigSource>('SESSION_CONFIG_SOURCE');

/** The one resolved configuration, whether the app gave an object, a factory or a promise. */
@Injectable()
export class ConfigHolder {
  private readonly source = inject(SESSION_CONFIG_SOURCE);
  private readonly injector = inject(Injector);

  /**
   * Replays the configuration, synchronously unless the app's factory returned a promise. Errors, always with the same
   * error, with `configurationFailed` if the factory failed, with whatever, and with `invalidConfiguration` if what it gave is malformed.
   * The factory runs at most once.
   */
  readonly config$: Observable<ResolvedConfig> = defer(() => this.load()).pipe(
    catchError((error: unknown) => {
      throw failedBy(error);
    }),
    map(resolveConfig),
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
