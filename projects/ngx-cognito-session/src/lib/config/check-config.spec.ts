import { thrownBy } from '../../../testing-support/held-sessions';
import { SessionError } from '../errors/session-error';
import { checkConfig } from './check-config';
import type { SessionConfig } from './session-config';

const MINIMAL: SessionConfig = { region: 'eu-west-1', clientId: 'client123' };

describe('checkConfig', () => {
  it.each<Partial<SessionConfig>>([
    {},
    { refreshBufferSeconds: 0, rotationGraceSeconds: 0, retry: { count: 0, delaySeconds: 0 } },
    {
      userPoolId: 'eu-west-1_AbCdEf123',
      endpoint: 'http://127.0.0.1:9229/proxy',
      refreshTokenValidityDays: 30,
    },
    { refreshOperation: 'InitiateAuth', onUserSwitch: 'signOut', retry: {} },
    { clientMetadata: () => ({ tenant: 'a' }), deviceKey: 'device-1', enableTabSync: false },
  ])('takes %j', (given) => {
    expect(() => {
      checkConfig({ ...MINIMAL, ...given });
    }).not.toThrow();
  });

  const NO_NUMBER = [-1, -0.001, NaN, Infinity, -Infinity, '60', null, {}];
  const MALFORMED: readonly (readonly [string, unknown, object])[] = [
    ...[undefined, null, '', ' ', 'eu west', 'eu/west', 42, {}].map(
      (region) => ['region', region, { region }] as const,
    ),
    ...[undefined, null, '', 'a b', 'a/b', '../x', 'a.b', 7].map(
      (clientId) => ['clientId', clientId, { clientId }] as const,
    ),
    ...[
      '',
      'eu-west-1',
      'eu-west-1_',
      '_AbC',
      'eu-west-1_Ab-C',
      'eu-west-1_AbC/x',
      'x eu-west-1_AbC',
      null,
      5,
    ].map((userPoolId) => ['userPoolId', userPoolId, { userPoolId }] as const),
    ...NO_NUMBER.map(
      (refreshBufferSeconds) =>
        ['refreshBufferSeconds', refreshBufferSeconds, { refreshBufferSeconds }] as const,
    ),
    ...[...NO_NUMBER, 0].map(
      (refreshTokenValidityDays) =>
        ['refreshTokenValidityDays', refreshTokenValidityDays, { refreshTokenValidityDays }] as const,
    ),
    ...NO_NUMBER.filter((count) => count !== null).map(
      (count) => ['retry.count', count, { retry: { count } }] as const,
    ),
    ...NO_NUMBER.filter((delay) => delay !== null).map(
      (delaySeconds) => ['retry.delaySeconds', delaySeconds, { retry: { delaySeconds } }] as const,
    ),
    ...[
      '',
      '/relative',
      'cognito.example.com',
      'ftp://x.test/',
      'javascript:alert(1)',
      'file:///etc',
      'https://u:p@x.test/',
    ].map((endpoint) => ['endpoint', endpoint, { endpoint }] as const),
    ...['', 'RevokeToken', 'initiateAuth', 5].map(
      (refreshOperation) => ['refreshOperation', refreshOperation, { refreshOperation }] as const,
    ),
    ['clientMetadata', 'an object', { clientMetadata: { tenant: 'a' } }],
    ['deviceKey', 7, { deviceKey: 7 }],
    ['enableTabSync', 'false', { enableTabSync: 'false' }],
  ];

  it.each(MALFORMED)('names the malformed field %s: %p', (field, _, malformed) => {
    const error = thrownBy(() => checkConfig({ ...MINIMAL, ...malformed }));

    expect(error).toBeInstanceOf(SessionError);
    expect(error).toMatchObject({ code: 'invalidConfiguration', retryable: false });
    expect((error as SessionError).message).toMatch(new RegExp(` ${field.replace('.', '\\.')} `));
  });
});
