import { prefixOf } from '../storage/memory-storage';
import { watch } from '../state/store';

export const steps = [prefixOf, watch];
