// expect-depcruise: emulator-by-package-name
import { server } from '../cognito-emulator/src/node/server';

export const used = server;
