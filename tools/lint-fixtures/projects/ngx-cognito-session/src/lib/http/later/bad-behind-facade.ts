// expect-depcruise: room-http
import { watch } from '../../state/store';

export const used = watch;
