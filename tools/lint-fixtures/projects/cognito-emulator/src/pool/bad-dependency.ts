// expect-depcruise: emulator-dependencies
import { Observable } from 'rxjs';

export const used = Observable;
