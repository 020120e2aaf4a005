import { isAdjustable } from '../clock/clock';
import { optionalNumber, optionalString, requiredString } from '../operations/call-input';
import type { ControlCommand } from './control-command';
import { optionally } from './optionally';
import {
  parseClientChange,
  parseIdentityPoolChange,
  parsePoolChange,
  parseUserChange,
} from './parse-settings';
import { parseTrigger } from './parse-trigger';

/** Commands about pools, clients, users, tokens and time. */
export const STATE_COMMANDS: Readonly<Record<string, ControlCommand>> = {
  info: ({ emulator }) => {
    const { url, region, userPoolId, clientId, identityPoolId, issuer, jwksUrl } = emulator;
    const now = emulator.clock.now();
    return { url, region, userPoolId, clientId, identityPoolId, issuer, jwksUrl, now };
  },
  clock: ({ emulator: { clock } }, input) => {
    const advanceMs = optionalNumber(input, 'advanceMs');
    const setMs = optionalNumber(input, 'setMs');
    if (!isAdjustable(clock)) throw new Error('The clock of this emulator cannot be moved');
    if (setMs !== undefined) clock.set(setMs);
    if (advanceMs !== undefined) clock.advance(advanceMs);
    return { now: clock.now() };
  },
  configure: ({ emulator }, input) => {
    emulator.configure(parseClientChange(input));
  },
  'configure-pool': ({ emulator }, input) => {
    emulator.configurePool(parsePoolChange(input));
  },
  'configure-identity-pool': ({ emulator }, input) => {
    emulator.configureIdentityPool(parseIdentityPoolChange(input));
  },
  identities: ({ emulator }) => emulator.identities(),
  'delete-identity': ({ emulator }, input) => {
    emulator.deleteIdentity(requiredString(input, 'identityId'));
  },
  'unlink-identity': ({ emulator }, input) => {
    emulator.unlinkIdentity(requiredString(input, 'identityId'), optionalString(input, 'provider'));
  },
  // Without the secrets: a page that may steer the emulator learns whose credentials they are, not the credentials.
  'issued-credentials': ({ emulator }, input) =>
    emulator
      .issuedCredentials(optionalString(input, 'identityId'))
      .map(({ secretAccessKey: _key, sessionToken: _token, ...each }) => each),
  'pre-token-generation': ({ emulator }, input) => {
    emulator.setPreTokenGeneration(parseTrigger(input));
  },
  'rotate-keys': ({ emulator }, input) => {
    emulator.rotateKeys({ keepOld: input['keepOld'] !== false });
  },
  'change-user': ({ emulator }, { username, ...change }) => {
    emulator.changeUser(requiredString({ username }, 'username'), parseUserChange(change));
  },
  'delete-user': ({ emulator }, input) => {
    emulator.deleteUser(requiredString(input, 'username'));
  },
  'sign-in': ({ emulator }, input) =>
    emulator.signIn(requiredString(input, 'username'), {
      ...optionally('clientId', optionalString(input, 'clientId')),
      ...optionally('deviceKey', optionalString(input, 'deviceKey')),
    }),
  'totp-code': async ({ emulator }, input) => ({
    code: await emulator.totpCode(requiredString(input, 'username')),
  }),
  'sent-code': ({ emulator }, input) => ({ code: emulator.sentCode(requiredString(input, 'username')) }),
  'live-refresh-tokens': ({ emulator }, input) =>
    emulator.liveRefreshTokens({
      ...optionally('username', optionalString(input, 'username')),
      ...optionally('familyOf', optionalString(input, 'familyOf')),
    }),
  'access-token-status': ({ emulator }, input) =>
    emulator.accessTokenStatus(requiredString(input, 'token'), optionalNumber(input, 'at')),
};
