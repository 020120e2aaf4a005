// expect-depcruise: engine-at-hand-in-tests
import { createEngine } from '#engine';

export const engine = createEngine();
