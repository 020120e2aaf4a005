// expect-depcruise: later-comes-with-the-engine
import { sending } from './later/sending';

export const used = sending;
