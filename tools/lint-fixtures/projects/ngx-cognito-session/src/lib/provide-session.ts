import { prefixOf } from './storage/memory-storage';
import { seen } from './http/interceptor';

export const wiring = [prefixOf, seen];
