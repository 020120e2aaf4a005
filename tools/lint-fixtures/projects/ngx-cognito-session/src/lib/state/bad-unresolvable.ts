// expect-depcruise: resolvable
// expect-oxlint: typescript/TS2307
import { missing } from './missing';

export const used: unknown = missing;
