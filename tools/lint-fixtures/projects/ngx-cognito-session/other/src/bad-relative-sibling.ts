// expect-depcruise: secondary-by-package-name
import { isSessionError } from '../../extra/src/public-api';

export const used = isSessionError;
