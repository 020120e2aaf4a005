import {
  CognitoIdentityClient,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
  type GetCredentialsForIdentityCommandOutput,
} from '@aws-sdk/client-cognito-identity';
import type { Emulator } from '../src/emulator';

/** The real SDK client of identity pools against the emulator; without retries, so that one `send` is one call. */
export class IdentityClient {
  private readonly client: CognitoIdentityClient;

  constructor(private readonly emulator: Emulator) {
    const { url, region } = emulator;
    this.client = new CognitoIdentityClient({ region, endpoint: url, maxAttempts: 1 });
  }

  async getId(Logins: Record<string, string> = {}): Promise<string> {
    const { identityPoolId: IdentityPoolId } = this.emulator;
    const { IdentityId = '' } = await this.client.send(new GetIdCommand({ IdentityPoolId, Logins }));
    return IdentityId;
  }

  getCredentials(
    IdentityId: string,
    Logins: Record<string, string> = {},
    CustomRoleArn?: string,
  ): Promise<GetCredentialsForIdentityCommandOutput> {
    return this.client.send(new GetCredentialsForIdentityCommand({ IdentityId, Logins, CustomRoleArn }));
  }

  close(): void {
    this.client.destroy();
  }
}
