// expect-eslint: @typescript-eslint/consistent-type-imports
import { Observable } from 'rxjs';

export type Numbers = Observable<number>;
