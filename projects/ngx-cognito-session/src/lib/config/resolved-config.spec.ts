import { thrownBy } from '../../../testing-support/held-sessions';
import { SessionError } from '../errors/session-error';
import { resolveConfig } from './resolved-config';
import type { SessionConfig } from './session-config';

const MINIMAL: SessionConfig = { region: 'eu-west-1', clientId: 'client123' };

describe('resolveConfig', () => {
  it('fills in every default', () => {
    expect(resolveConfig(MINIMAL)).toEqual({
      region: 'eu-west-1',
      clientId: 'client123',
      userPoolId: undefined,
      bufferMs: 60_000,
      rotationGraceMs: 0,
      endpoint: 'https://cognito-idp.eu-west-1.amazonaws.com/',
      refreshOperation: 'GetTokensFromRefreshToken',
      refreshTokenValidityDays: undefined,
      clientMetadata: undefined,
      deviceKey: undefined,
      retry: { count: 1, delayMs: 5000, maxBackoffMs: 60_000, backoffJitter: 0.25 },
      enableTabSync: undefined,
      onUserSwitch: 'adopt',
      namespace: 'eu-west-1/client123',
    });
  });

  it('takes what it is given, seconds as milliseconds', () => {
    const clientMetadata = () => ({ tenant: 'blue' });

    expect(
      resolveConfig({
        ...MINIMAL,
        userPoolId: 'eu-west-1_AbCdEf123',
        refreshBufferSeconds: 0.5,
        rotationGraceSeconds: 30,
        endpoint: 'http://127.0.0.1:9229/proxy',
        refreshOperation: 'InitiateAuth',
        refreshTokenValidityDays: 30,
        clientMetadata,
        deviceKey: 'device-1',
        retry: { count: 3, delaySeconds: 0.25 },
        enableTabSync: false,
        onUserSwitch: 'signOut',
      }),
    ).toEqual({
      region: 'eu-west-1',
      clientId: 'client123',
      userPoolId: 'eu-west-1_AbCdEf123',
      bufferMs: 500,
      rotationGraceMs: 30_000,
      endpoint: 'http://127.0.0.1:9229/proxy',
      refreshOperation: 'InitiateAuth',
      refreshTokenValidityDays: 30,
      clientMetadata,
      deviceKey: 'device-1',
      retry: { count: 3, delayMs: 250, maxBackoffMs: 60_000, backoffJitter: 0.25 },
      enableTabSync: false,
      onUserSwitch: 'signOut',
      namespace: 'eu-west-1/client123',
    });
  });

  it.each([
    ['refreshBufferSeconds', { refreshBufferSeconds: 0 }, { bufferMs: 0 }],
    ['rotationGraceSeconds', { rotationGraceSeconds: 0 }, { rotationGraceMs: 0 }],
    ['retry.count', { retry: { count: 0 } }, { retry: expect.objectContaining({ count: 0, delayMs: 5000 }) }],
    [
      'retry.delaySeconds',
      { retry: { delaySeconds: 0 } },
      { retry: expect.objectContaining({ count: 1, delayMs: 0 }) },
    ],
  ])('takes zero for %s', (_, given, expected) => {
    expect(resolveConfig({ ...MINIMAL, ...given })).toMatchObject(expected);
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
  ];

  it.each(MALFORMED)('names the malformed field %s: %p', (field, _, malformed) => {
    const error = thrownBy(() => resolveConfig({ ...MINIMAL, ...malformed }));

    expect(error).toBeInstanceOf(SessionError);
    expect(error).toMatchObject({ code: 'invalidConfiguration', retryable: false });
    expect((error as SessionError).message).toMatch(new RegExp(` ${field.replace('.', '\\.')} `));
  });
});
