import { DestroyRef, EnvironmentInjector, inject, Injectable, InjectionToken, NgZone } from '@angular/core';
import { Observable, retry, throwError, timer, type Subscriber } from 'rxjs';
import { MAX_BACKOFF_MS, SECOND_MS } from '../config/numbers';
import type * as EngineModule from '../engine/create-engine';
import type { SessionEngine } from '../engine/session-engine';
import { SessionError } from '../errors/session-error';
import { FailureReport, toSessionError } from '../lifecycle/failure-report';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';

export type Engine = typeof EngineModule;

/** The chunk with the engine in it; a port, so that a test can have it at hand, or lose it. */
export const LOAD_ENGINE = new InjectionToken<() => Engine | Promise<Engine>>('LOAD_ENGINE', {
  providedIn: 'root',
  factory: () => () => import('../engine/create-engine'),
});

/**
 * Restore, renewal, tabs and storage are loaded once the page has started: an app's first paint does not wait for what
 * it needs a moment later.
 */
@Injectable()
export class EngineLoader {
  private readonly load = inject(LOAD_ENGINE);
  private readonly injector = inject(EnvironmentInjector);
  private readonly report = inject(FailureReport);
  private readonly scheduler = inject(SESSION_SCHEDULER);
  private readonly zone = inject(NgZone);
  private engine: SessionEngine | null = null;
  private isLoading = false;
  private hasFailed = false;
  private isDestroyed = false;
  /** In the order of asking, which is that of the commands. */
  private waiting: Subscriber<SessionEngine>[] = [];

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.isDestroyed = true;
      for (const subscriber of this.waiting.splice(0)) subscriber.complete();
    });
  }

  get isLoaded(): boolean {
    return this.engine !== null;
  }

  /**
   * Cold; one value, in the task of the call once it is loaded. Errors with `networkError` if it cannot be had, or with what
   * a part of the app threw while it was made; whoever asks next tries again. Completes empty when the app is destroyed.
   */
  readonly engine$ = new Observable<SessionEngine>((subscriber) => {
    // Whoever asks while those before are being served comes after them.
    if (this.engine !== null && this.waiting.length === 0) {
      serve(subscriber, this.engine);
      return;
    }
    if (this.isDestroyed) {
      subscriber.complete();
      return;
    }
    this.waiting.push(subscriber);
    if (this.engine === null) this.fetch();
  });

  /** Cold; as `engine$`, but tries to load it for as long as it takes. */
  readonly eventually$: Observable<SessionEngine> = this.engine$.pipe(
    retry({
      delay: (error: SessionError, count) =>
        error.code === 'networkError'
          ? timer(Math.min(MAX_BACKOFF_MS, SECOND_MS * 2 ** (count - 1)), this.scheduler)
          : throwError(() => error),
    }),
  );

  private fetch(): void {
    if (this.isLoading) return;
    this.isLoading = true;
    this.zone.runOutsideAngular(() => {
      const loaded = this.load();
      if ('createEngine' in loaded) this.start(loaded);
      else
        loaded.then(
          (engine) => {
            this.start(engine);
          },
          (cause: unknown) => {
            this.fail(new SessionError('networkError', 'A part of the app could not be loaded.', { cause }));
          },
        );
    });
  }

  private start({ createEngine }: Engine): void {
    if (this.isDestroyed) return;
    let engine: SessionEngine;
    try {
      engine = createEngine(this.injector);
    } catch (error) {
      // A storage or a transport of the app threw while it was made: nobody must wait for what will never come.
      this.fail(toSessionError(error));
      return;
    }
    this.engine = engine;
    for (let [next] = this.waiting; next !== undefined; [next] = this.waiting) {
      serve(next, engine);
      this.waiting.shift();
    }
  }

  private fail(error: SessionError): void {
    this.isLoading = false;
    if (!this.hasFailed && !this.isDestroyed) this.report.tell(error);
    this.hasFailed = true;
    for (const subscriber of this.waiting.splice(0)) subscriber.error(error);
  }
}

function serve(subscriber: Subscriber<SessionEngine>, engine: SessionEngine): void {
  subscriber.next(engine);
  subscriber.complete();
}
