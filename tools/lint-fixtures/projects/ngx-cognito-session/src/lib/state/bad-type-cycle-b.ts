// expect-depcruise: no-cycles
import type { A } from './bad-type-cycle-a';

export interface B {
  readonly a: A | null;
}
