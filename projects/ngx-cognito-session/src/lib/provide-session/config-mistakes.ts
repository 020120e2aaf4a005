import { isRegion, isUnset, regionMessage, unsetMessage } from '../config/field-mistakes';
import type { SessionConfig } from '../config/session-config';
import { parseUrl } from '../core/parse-url';
import type { DiagnosticCode } from '../errors/diagnostic-text';
import { isConfidential } from '../http/url-scope';

/** A mistake of the app, with the message of development. */
export type Mistake = readonly [DiagnosticCode, string];

/** What is wrong with a configuration that has been accepted. For development only. Pure. */
export function configMistakes(config: SessionConfig): readonly Mistake[] {
  return [...unsetFields(config), ...regionMistakes(config), ...endpointMistakes(config)];
}

function unsetFields(config: SessionConfig): readonly Mistake[] {
  return Object.entries(config).flatMap(([field, value]: [string, unknown]): readonly Mistake[] =>
    isUnset(value) ? [['NCS114', unsetMessage(field, value)]] : [],
  );
}

/** Both would be accepted, and fail at the first refresh. */
function regionMistakes({ region, userPoolId, endpoint }: SessionConfig): readonly Mistake[] {
  if (isUnset(region)) return [];
  // The endpoint is not built from the region then, and an emulator may call its region anything.
  if (endpoint === undefined && !isRegion(region)) return [['NCS113', regionMessage(region, userPoolId)]];
  return isUnset(userPoolId) || userPoolId.startsWith(`${region}_`)
    ? []
    : [['NCS109', `provideSession: userPoolId ${userPoolId} is not a user pool of region ${region}.`]];
}

function endpointMistakes({ endpoint }: SessionConfig): readonly Mistake[] {
  const url = endpoint === undefined ? null : parseUrl(endpoint);
  if (url === null) return [];
  if (isOtherCognitoUrl(url))
    return [
      [
        'NCS109',
        'provideSession: endpoint is a managed-login domain or an issuer, not a user-pool endpoint.',
      ],
    ];
  return isConfidential(url)
    ? []
    : [
        [
          'NCS115',
          `provideSession: endpoint ${url.origin} is not encrypted: every refresh sends the refresh token to it. Use https, or an address of this device such as http://localhost.`,
        ],
      ];
}

/** An endpoint is called at its root. A path is an issuer, or a token endpoint of managed login. */
function isOtherCognitoUrl({ hostname, pathname }: URL): boolean {
  return (
    hostname.endsWith('.amazoncognito.com') ||
    /^\/(?:oauth2|[a-z]+(?:-[a-z]+)+-\d_[0-9a-zA-Z]+)(?:\/|$)/.test(pathname)
  );
}
