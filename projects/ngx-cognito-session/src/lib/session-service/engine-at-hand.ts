import type { EnvironmentInjector, Provider } from '@angular/core';
import { LOAD_ENGINE } from './engine-loader';
import type { Engine } from './session-engine';

/** What an engine's file looks like to those who must not see inside. */
export interface EngineFile {
  /** Makes the engine, in an injector of its own below the one given. */
  readonly createEngine: (parent: EnvironmentInjector) => object;
}

/** The engine is there from the start: everything happens in the task of the call, as later in a page's life. */
export function engineAtHand(engine: EngineFile): Provider {
  return { provide: LOAD_ENGINE, useValue: () => engine as Engine };
}
