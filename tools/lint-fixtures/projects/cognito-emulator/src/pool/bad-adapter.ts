// expect-depcruise: emulator-core-without-adapters
import { server } from '../node/server';

export const used = server;
