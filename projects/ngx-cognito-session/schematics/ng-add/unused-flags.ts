import { givenFlags, type Setting } from '../settings/given-flags';
import type { SettingsPlace } from '../settings/settings-place';
import type { NgAddOptions } from './options';

/** The flags that the user has given in an app that has the settings already, or that the sign-in does not use. Pure. */
export function unusedFlags(options: NgAddOptions, place: SettingsPlace | null): readonly string[] {
  const found = place?.written.length === 0 ? place.names : null;
  const config: readonly Setting[] = ['userPoolId', 'clientId', 'region', 'endpoint', 'rotationGraceSeconds'];
  const isDomainUnused = options.signIn === 'form' || found?.has('domain');
  return givenFlags(options, [
    ...(found === null ? [] : config),
    ...(isDomainUnused ? (['domain'] as const) : []),
    ...(found?.has('apiUrls') ? (['apiUrl'] as const) : []),
  ]);
}
