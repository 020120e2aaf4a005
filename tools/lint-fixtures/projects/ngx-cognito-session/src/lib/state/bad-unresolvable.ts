// expect-depcruise: resolvable
import { missing } from './missing';

export const used: unknown = missing;
