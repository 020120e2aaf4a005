import type * as Engine from '../engine/create-engine';

export const load = (): Promise<typeof Engine> => import('../engine/create-engine');
