import { inject, Injectable } from '@angular/core';
import { SessionService, type Session } from 'ngx-cognito-session';
import { firstValueFrom } from 'rxjs';
import { DemoConfigSource } from '../config/demo-config-source';
import { FurtherStepError } from '../../../../../demo/src/app/sign-in/further-step-error';

/** Signs in with a password. That is the app's part: the library takes over with the tokens. */
@Injectable({ providedIn: 'root' })
export class PasswordSignIn {
  private readonly source = inject(DemoConfigSource);
  private readonly session = inject(SessionService);

  /** Rejects with what the SDK or the library threw, or with a `FurtherStepError`. */
  async signIn(username: string, password: string): Promise<Session> {
    const { region, clientId, endpoint } = await this.source.loaded;
    const { CognitoIdentityProviderClient, InitiateAuthCommand } = await import('./cognito-sdk');
    const client = new CognitoIdentityProviderClient({
      region,
      ...(endpoint === undefined ? {} : { endpoint }),
      // The default one loads a user-agent parser of 34 kB.
      defaultUserAgentProvider: () => Promise.resolve([['ngx-cognito-session-demo']]),
    });
    const { AuthenticationResult, ChallengeName } = await client.send(
      new InitiateAuthCommand({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: clientId,
        AuthParameters: { USERNAME: username, PASSWORD: password },
      }),
    );
    if (AuthenticationResult === undefined) throw new FurtherStepError(ChallengeName ?? 'unknown');
    return firstValueFrom(this.session.setTokens(AuthenticationResult));
  }
}
