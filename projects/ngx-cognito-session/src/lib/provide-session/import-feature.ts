import { FIRST_TOKENS, SESSION_IMPORT, type FirstTokens } from '../lifecycle/first-tokens';
import { ImportSession } from '../lifecycle/import-session';
import { LIFECYCLE_PROVIDERS } from '../lifecycle/session-lifecycle';
import { feature, type SessionFeature } from './session-feature';

/** At the first start without a record the session is taken from this source. Several are asked in the order of the features. */
export function importFeature(kind: string, source: FirstTokens): SessionFeature {
  return feature(kind, [
    { provide: FIRST_TOKENS, useValue: source, multi: true },
    {
      provide: LIFECYCLE_PROVIDERS,
      useValue: { provide: SESSION_IMPORT, useFactory: () => new ImportSession() },
      multi: true,
    },
  ]);
}
