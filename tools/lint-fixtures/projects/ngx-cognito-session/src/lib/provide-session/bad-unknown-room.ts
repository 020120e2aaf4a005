// expect-depcruise: known-rooms room-provide-session
import { helper } from '../helpers/unknown-room';

export const used = helper;
