import { inject, Injectable } from '@angular/core';
import { SessionService, type Session } from 'ngx-cognito-session';
import { firstValueFrom } from 'rxjs';
import { injectCognitoClient } from './cognito-client';
import { FurtherStepError } from './further-step-error';
import { injectDemoConfig } from '../config/inject-demo-config';

/** Signs in with a password. That is the app's part: the library takes over with the tokens. */
@Injectable({ providedIn: 'root' })
export class PasswordSignIn {
  private readonly config = injectDemoConfig();
  private readonly loadClient = injectCognitoClient();
  private readonly session = inject(SessionService);

  /** Rejects with what the SDK or the library threw, or with a `FurtherStepError`. */
  async signIn(username: string, password: string): Promise<Session> {
    const { client, InitiateAuthCommand } = await this.loadClient();
    const { AuthenticationResult, ChallengeName } = await client.send(
      new InitiateAuthCommand({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: this.config.clientId,
        AuthParameters: { USERNAME: username, PASSWORD: password },
      }),
    );
    if (AuthenticationResult === undefined) throw new FurtherStepError(ChallengeName ?? 'unknown');
    return firstValueFrom(this.session.setTokens(AuthenticationResult));
  }
}
