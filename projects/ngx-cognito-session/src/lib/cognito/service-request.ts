import type { ResolvedConfig } from '../config/resolved-config';
import type { RefreshRequest } from './token-refresher';

/** A refresh, by the configured operation. */
export type RenewalRequest =
  | {
      readonly operation: 'GetTokensFromRefreshToken';
      readonly input: {
        RefreshToken: string;
        ClientId: string;
        DeviceKey?: string;
        ClientMetadata?: Record<string, string>;
      };
    }
  | {
      readonly operation: 'InitiateAuth';
      readonly input: {
        AuthFlow: 'REFRESH_TOKEN_AUTH';
        ClientId: string;
        AuthParameters: Record<string, string>;
        ClientMetadata?: Record<string, string>;
      };
    };

/** The refresh as a request of the configured operation. Pure. */
export function renewalRequest(config: ResolvedConfig, request: RefreshRequest): RenewalRequest {
  const { refreshToken, deviceKey, clientMetadata } = request;
  const metadata = clientMetadata && { ClientMetadata: clientMetadata };
  if (config.refreshOperation === 'InitiateAuth')
    return {
      operation: 'InitiateAuth',
      input: {
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        ClientId: config.clientId,
        AuthParameters: {
          REFRESH_TOKEN: refreshToken,
          ...(deviceKey !== undefined && { DEVICE_KEY: deviceKey }),
        },
        ...metadata,
      },
    };
  return {
    operation: 'GetTokensFromRefreshToken',
    input: {
      RefreshToken: refreshToken,
      ClientId: config.clientId,
      ...(deviceKey !== undefined && { DeviceKey: deviceKey }),
      ...metadata,
    },
  };
}
