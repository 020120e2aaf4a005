// expect-depcruise: primary-without-secondaries
import { isSessionError } from '../../../extra/src/public-api';

export const used = isSessionError;
