import type { Provider } from '@angular/core';
import { SESSION_IMPORT } from '../lifecycle/first-tokens';
import { LIFECYCLE_PROVIDERS } from '../lifecycle/session-lifecycle';
import { VERIFICATION } from '../lifecycle/verification';

/** For tests of an app with features: tokens of a test have no signature, and no other library has stored a session. */
export const WITHOUT_FEATURE_PARTS: Provider = {
  provide: LIFECYCLE_PROVIDERS,
  useValue: [VERIFICATION, SESSION_IMPORT].map((part) => ({ provide: part, useValue: null })),
  multi: true,
};
