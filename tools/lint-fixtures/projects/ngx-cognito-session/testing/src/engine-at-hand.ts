import { createEngine } from '#engine';

export const engine = createEngine();
