// expect-depcruise: errors-import-nothing
import type { Observable } from 'rxjs';

export type Used = Observable<number>;
