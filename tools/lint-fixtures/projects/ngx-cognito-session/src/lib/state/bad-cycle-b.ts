// expect-depcruise: no-cycles
import { a } from './bad-cycle-a';

export const b = (): number => a();
