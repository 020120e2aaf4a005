import type { Provider } from '@angular/core';
import * as engine from '../src/lib/engine/create-engine';
import { LOAD_ENGINE } from '../src/lib/session-service/engine-loader';

/** What a page loads after its start is there from the beginning: everything happens in the task of the call, as later in a page's life. */
export const ENGINE_AT_HAND: Provider = { provide: LOAD_ENGINE, useValue: () => engine };
