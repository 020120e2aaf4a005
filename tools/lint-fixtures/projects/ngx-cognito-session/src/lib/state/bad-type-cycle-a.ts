// expect-depcruise: no-cycles
import type { B } from './bad-type-cycle-b';

export interface A {
  readonly b: B | null;
}
