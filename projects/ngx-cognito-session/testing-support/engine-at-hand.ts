import type { Provider } from '@angular/core';
import * as engine from '../src/lib/engine/create-engine';
import { engineAtHand } from '../src/lib/session-service/engine-at-hand';

export const ENGINE_AT_HAND: Provider = engineAtHand(engine);
