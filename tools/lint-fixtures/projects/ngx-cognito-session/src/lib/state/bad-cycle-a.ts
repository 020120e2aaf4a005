// expect-depcruise: no-cycles
import { b } from './bad-cycle-b';

export const a = (): number => b();
