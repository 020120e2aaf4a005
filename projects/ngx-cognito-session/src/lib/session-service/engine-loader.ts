import { DestroyRef, EnvironmentInjector, inject, InjectionToken, NgZone } from '@angular/core';
import { Observable, retry, throwError, timer, type Subscriber } from 'rxjs';
import { MAX_BACKOFF_MS, SECOND_MS } from '../config/page-numbers';
import { SessionError } from '../errors/session-error';
import { FailureReport, toSessionError } from '../lifecycle/failure-report';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import type { Engine, SessionEngine } from './session-engine';

declare const ngDevMode: unknown;

/** The chunk with the engine in it, which the wiring names; a port, so that a test can have it at hand, or lose it. */
export const LOAD_ENGINE = new InjectionToken<() => Engine | Promise<Engine>>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'LOAD_ENGINE' : '',
);

/**
 * Restore, renewal, tabs and storage are loaded once the page has started: an app's first paint does not wait for what
 * it needs a moment later.
 */
export class EngineLoader {
  private readonly load = inject(LOAD_ENGINE);
  private readonly injector = inject(EnvironmentInjector);
  private readonly report = inject(FailureReport);
  private readonly scheduler = inject(SESSION_SCHEDULER);
  private readonly zone = inject(NgZone);
  private readonly destroyRef = inject(DestroyRef);
  /** In the order of asking, which is that of the commands; whoever is the first has it loaded. */
  private readonly waiting: Subscriber<SessionEngine>[] = [];
  private engine: SessionEngine | null = null;
  private hasFailed = false;
  /** Whether everybody has been served who had to wait: from then on nobody has to. */
  private isServed = false;

  constructor() {
    this.destroyRef.onDestroy(() => {
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
    if (this.engine !== null && this.isServed) serve(subscriber, this.engine);
    else if (this.destroyRef.destroyed) subscriber.complete();
    else if (this.waiting.push(subscriber) === 1) this.fetch();
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
    this.zone.runOutsideAngular(() => {
      const loaded = this.load();
      if ('createEngine' in loaded) this.start(loaded);
      else
        loaded.then(
          (engine) => {
            this.start(engine);
          },
          (cause: unknown) => {
            this.fail(new SessionError('networkError', 'The library could not be loaded.', { cause }));
          },
        );
    });
  }

  private start({ createEngine }: Engine): void {
    if (this.destroyRef.destroyed) return;
    try {
      this.engine = createEngine(this.injector);
    } catch (error) {
      // A storage or a transport of the app threw while it was made: nobody must wait for what will never come.
      this.fail(toSessionError(error));
      return;
    }
    // Those included who ask meanwhile: they come after the others.
    for (const subscriber of this.waiting) serve(subscriber, this.engine);
    this.waiting.length = 0;
    this.isServed = true;
  }

  private fail(error: SessionError): void {
    if (!this.hasFailed && !this.destroyRef.destroyed) this.report.tell(error);
    this.hasFailed = true;
    for (const subscriber of this.waiting.splice(0)) subscriber.error(error);
  }
}

function serve(subscriber: Subscriber<SessionEngine>, engine: SessionEngine): void {
  subscriber.next(engine);
  subscriber.complete();
}
