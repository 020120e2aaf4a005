// expect-depcruise: engine-is-loaded-later
import { createEngine } from '../engine/create-engine';

export const engine = createEngine();
