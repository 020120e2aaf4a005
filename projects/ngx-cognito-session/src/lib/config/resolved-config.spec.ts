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
      namespace: 'client123',
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
      namespace: 'client123',
    });
  });

  it('keeps the sessions of a pool that fails over to its replica in another region', () => {
    const { namespace } = resolveConfig({ ...MINIMAL, region: 'us-east-1' });

    expect(namespace).toBe(resolveConfig(MINIMAL).namespace);
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
});
