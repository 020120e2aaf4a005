// expect-depcruise: core-is-pure
import type { Observable } from 'rxjs';

export type Used = Observable<number>;
