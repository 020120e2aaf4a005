// expect-depcruise: local-services-share-little
import { server } from '../../cognito-emulator/src/node/server';

export const used = server;
