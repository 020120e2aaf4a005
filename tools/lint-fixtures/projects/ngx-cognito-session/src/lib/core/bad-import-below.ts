// expect-depcruise: room-core
import { prefixOf } from '../storage/memory-storage';

export const used = prefixOf;
