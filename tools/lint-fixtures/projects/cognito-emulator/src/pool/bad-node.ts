// expect-depcruise: emulator-core-without-node
// expect-eslint: no-restricted-globals
import { randomUUID } from 'node:crypto';

export const id = Buffer.from(randomUUID());
