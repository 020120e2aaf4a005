import { createEnvironmentInjector, DestroyRef, type EnvironmentInjector } from '@angular/core';
import { ENGINE_PROVIDERS } from './engine-providers';
import { SessionEngine } from './session-engine';

/** Makes what is loaded after the page, in an injector of its own below the session's, and destroyed with that. */
export function createEngine(parent: EnvironmentInjector): SessionEngine {
  const injector = createEnvironmentInjector(ENGINE_PROVIDERS, parent, 'ngx-cognito-session');
  parent.get(DestroyRef).onDestroy(() => {
    injector.destroy();
  });
  return injector.get(SessionEngine);
}

/** For `…/testing`, which has this file at hand: chance must not decide about a test. */
export { RANDOM_SOURCE, type RandomSource } from '../platform/random';
