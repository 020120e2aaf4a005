import { resolveConfig } from '../config/resolved-config';
import { renewalRequest } from './service-request';

const CONFIG = resolveConfig({ region: 'eu-west-1', clientId: 'client123' });
const BY_INITIATE_AUTH = { ...CONFIG, refreshOperation: 'InitiateAuth' as const };
const FULL = { refreshToken: 'R', deviceKey: 'D', clientMetadata: { tenant: 'blue' } };

describe('renewalRequest', () => {
  it.each([
    [
      'GetTokensFromRefreshToken',
      CONFIG,
      { refreshToken: 'R' },
      { RefreshToken: 'R', ClientId: 'client123' },
    ],
    [
      'GetTokensFromRefreshToken',
      CONFIG,
      FULL,
      { RefreshToken: 'R', ClientId: 'client123', DeviceKey: 'D', ClientMetadata: { tenant: 'blue' } },
    ],
    [
      'InitiateAuth',
      BY_INITIATE_AUTH,
      { refreshToken: 'R' },
      { AuthFlow: 'REFRESH_TOKEN_AUTH', ClientId: 'client123', AuthParameters: { REFRESH_TOKEN: 'R' } },
    ],
    [
      'InitiateAuth',
      BY_INITIATE_AUTH,
      FULL,
      {
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        ClientId: 'client123',
        AuthParameters: { REFRESH_TOKEN: 'R', DEVICE_KEY: 'D' },
        ClientMetadata: { tenant: 'blue' },
      },
    ],
  ])('is what %s wants', (operation, config, request, input) => {
    expect(renewalRequest(config, request)).toStrictEqual({ operation, input });
  });
});
