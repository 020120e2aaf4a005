// expect-depcruise: library-peers-only
import { decodeJwt } from 'jose';

export const used = decodeJwt;
