import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';
import { AWS_SETTINGS } from './aws-settings';
import { CredentialsCard } from './credentials-card';
import { FilesCard } from './files-card';
import { SignedCallCard } from './signed-call-card';

@Component({
  selector: 'app-aws-page',
  imports: [CredentialsCard, FilesCard, RouterLink, SignedCallCard],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h1>AWS credentials</h1>
    <p class="lead">
      Temporary credentials of an identity pool, exchanged for the ID token: one call to Cognito per expiry,
      for all clients. They are replaced before they expire, as long as this page is shown.
    </p>
    @if (settings.guests && session.state().status === 'signedOut') {
      <p class="lead">
        You are a guest: the identity pool gives credentials to users who are not signed in. Upload a file,
        then
        <a routerLink="/sign-in">sign in</a>: Cognito links the guest's identity to yours.
      </p>
    }
    <div class="cards">
      <div class="stack">
        <app-credentials-card />
        @if (settings.signedApiUrl !== undefined) {
          <app-signed-call-card />
        }
      </div>
      @if (settings.bucket !== undefined) {
        <app-files-card />
      }
    </div>
  `,
})
export class AwsPage {
  protected readonly session = inject(SessionService);
  protected readonly settings = inject(AWS_SETTINGS);
}
