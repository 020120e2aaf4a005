// expect-depcruise: library-peers-only
import { randomUUID } from 'node:crypto';

export const used = randomUUID;
