import {
  parseAnswer,
  parseTokenAnswer,
  type HttpAnswer,
} from '../../../ngx-cognito-session/src/lib/cognito/token-response';
import type { RawTokens, TokenSet } from '../../../ngx-cognito-session/src/lib/core/token-set';
import { SessionError } from '../../../ngx-cognito-session/src/lib/errors/session-error';
import type { ResolvedOptions } from '../config/resolved-options';
import { secretHash } from './secret-hash';
import { withClientSecret } from './with-client-secret';

interface ServiceRequest {
  readonly operation: string;
  readonly input: object;
}

type Options = Pick<
  ResolvedOptions,
  'clientId' | 'clientSecrets' | 'endpoint' | 'fetch' | 'refreshOperation'
>;

/** Calls the user-pool API: one unsigned POST per call, never repeated, never aborted. Errors are `SessionError`. */
export class UserPoolClient {
  constructor(private readonly options: Options) {}

  /** Spends the refresh token: with rotation it must not be sent again. */
  async refresh(held: TokenSet, refreshToken: string): Promise<RawTokens> {
    return parseTokenAnswer(await this.send((secret) => this.refreshRequest(held, refreshToken, secret)));
  }

  async revoke(refreshToken: string): Promise<void> {
    const { clientId: ClientId } = this.options;
    await this.send((ClientSecret) =>
      Promise.resolve({
        operation: 'RevokeToken',
        input: { Token: refreshToken, ClientId, ClientSecret },
      }),
    );
  }

  private async refreshRequest(
    { deviceKey, accessClaims }: TokenSet,
    refreshToken: string,
    secret: string | undefined,
  ): Promise<ServiceRequest> {
    const { clientId, refreshOperation } = this.options;
    if (refreshOperation === 'GetTokensFromRefreshToken')
      return {
        operation: refreshOperation,
        input: {
          RefreshToken: refreshToken,
          ClientId: clientId,
          ClientSecret: secret,
          DeviceKey: deviceKey,
        },
      };
    // Over the name in the user pool: an alias such as the e-mail address gives a hash that Cognito refuses.
    const username = accessClaims.username ?? accessClaims.sub;
    return {
      operation: 'InitiateAuth',
      input: {
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        ClientId: clientId,
        AuthParameters: {
          REFRESH_TOKEN: refreshToken,
          DEVICE_KEY: deviceKey,
          SECRET_HASH: secret && (await secretHash(secret, username, clientId)),
        },
      },
    };
  }

  private send(requestWith: (secret: string | undefined) => Promise<ServiceRequest>): Promise<HttpAnswer> {
    return withClientSecret(this.options.clientSecrets, isClientRefused, async (secret) => {
      const answer = await this.post(await requestWith(secret));
      throwRefusal(answer);
      return answer;
    });
  }

  private async post({ operation, input }: ServiceRequest): Promise<HttpAnswer> {
    try {
      const response = await this.options.fetch(this.options.endpoint, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-amz-json-1.1',
          'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
        },
        body: JSON.stringify(input),
        // A token must not follow a redirect.
        redirect: 'error',
      });
      return {
        status: response.status,
        headers: response.headers,
        body: await response.text(),
      };
    } catch (cause) {
      throw new SessionError('networkError', 'Cognito could not be reached.', { cause });
    }
  }
}

/** Throws the error in the answer, so that a refused client is seen before the caller parses the answer. */
function throwRefusal(answer: HttpAnswer): void {
  try {
    parseAnswer(answer);
  } catch (error) {
    if (!(error instanceof SessionError) || !mentionsSecret(error)) throw error;
    const { serviceError } = error;
    throw new SessionError('invalidConfiguration', 'Cognito refuses the client secret.', {
      serviceError,
      cause: error,
    });
  }
}

/**
 * Whether Cognito refuses the client secret: `invalid_client` in OAuth. This API uses the exception of an expired refresh token
 * with a text about the secret, or about `SecretHash`. The text is read to keep sessions, and never to end one.
 */
function mentionsSecret({ serviceError, cause }: SessionError): boolean {
  return serviceError === 'NotAuthorizedException' && /secret/i.test(cause?.message ?? '');
}

function isClientRefused(error: unknown): boolean {
  return (
    error instanceof SessionError &&
    error.code === 'invalidConfiguration' &&
    error.serviceError === 'NotAuthorizedException'
  );
}
