import { inject, Injectable } from '@angular/core';
import { SessionService } from 'ngx-cognito-session';
import { firstValueFrom } from 'rxjs';
import { injectCognitoClient } from '../sign-in/cognito-client';

/**
 * Ends the sessions of all devices, and says so only if Cognito has. `signOut({ global: true })` would clear this device in any case and
 * leave the rest to the network.
 */
@Injectable({ providedIn: 'root' })
export class SignOutEverywhere {
  private readonly session = inject(SessionService);
  private readonly loadClient = injectCognitoClient();

  /** Rejects, with the session untouched, if Cognito did not confirm it. */
  async signOut(): Promise<void> {
    await this.endTokens();
    await firstValueFrom(this.session.signOut({ revoke: false }));
  }

  /** Cognito ends them all, as if another device had asked for it: this one does not know yet. */
  async endTokens(): Promise<void> {
    const AccessToken = await firstValueFrom(this.session.getAccessToken());
    const { client, GlobalSignOutCommand } = await this.loadClient();
    await client.send(new GlobalSignOutCommand({ AccessToken }));
  }
}
