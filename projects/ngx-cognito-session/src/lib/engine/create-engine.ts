import {
  createEnvironmentInjector,
  DestroyRef,
  type EnvironmentInjector,
  type Provider,
} from '@angular/core';
import { SESSION_INJECTOR } from '../lifecycle/refresher';
import type { SessionEngine } from '../session-service/session-engine';
import { ENGINE_PROVIDERS } from './engine-providers';
import { LoadedEngine } from './loaded-engine';

/**
 * Makes what is loaded after the page, in an injector of its own below the session's, and destroyed with that. `ports` take
 * the place of the engine's own, in tests.
 */
export function createEngine(parent: EnvironmentInjector, ports: Provider[] = []): SessionEngine {
  const injector = createEnvironmentInjector(
    [ENGINE_PROVIDERS, { provide: SESSION_INJECTOR, useValue: parent }, ports],
    parent,
    'ngx-cognito-session',
  );
  try {
    const engine = injector.get(LoadedEngine);
    parent.get(DestroyRef).onDestroy(() => {
      injector.destroy();
    });
    return engine;
  } catch (error) {
    // A part of the app threw while it was made: what was made before it goes.
    injector.destroy();
    throw error;
  }
}

// For `…/testing`, which has this file at hand: chance must not decide about a test, nor the window that is before the others.
export { RANDOM_SOURCE, type RandomSource } from '../platform/random';
export { WAKE_SIGNALS } from '../platform/wake-signals';
