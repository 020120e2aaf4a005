// expect-depcruise: room-tabs
import { prefixOf } from '../storage/memory-storage';

export const used = prefixOf;
