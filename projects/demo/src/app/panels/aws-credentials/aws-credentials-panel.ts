import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';
import type { AwsCredentialsService } from 'ngx-cognito-session/aws-credentials';
import { LazyAwsCredentials } from '../../aws/lazy-aws-credentials';
import { injectDemoConfig } from '../../config/inject-demo-config';
import { Loading } from '../../ui/loading';
import { Notice } from '../../ui/notice';
import { PanelHeader } from '../../ui/panel-header';
import { ShowCode } from '../../ui/show-code';
import { bucketOf, regionOf } from './bucket';
import { CredentialsCard } from './credentials-card';
import { FilesCard } from './files-card';
import { SignedCallCard } from './signed-call-card';

/** Credentials of an identity pool for the ID token, and what they open. */
@Component({
  selector: 'app-aws-credentials-panel',
  imports: [CredentialsCard, FilesCard, Loading, Notice, PanelHeader, RouterLink, ShowCode, SignedCallCard],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styles: `
    :host,
    .stack {
      display: grid;
      gap: 1rem;
    }
    app-panel-header {
      margin-block-end: 0;
    }
    .cards {
      align-items: start;
    }
    app-show-code {
      min-inline-size: 0;
    }
  `,
  template: `
    <app-panel-header title="AWS credentials">
      The identity pool exchanges the ID token for temporary credentials: one exchange for all clients of the
      SDK.
    </app-panel-header>
    @if (settings === null) {
      <app-notice
        >No identity pool is configured. <code>COGNITO_IDENTITY_POOL_ID</code> names one.</app-notice
      >
    } @else {
      @if (settings.guests && session.state().status === 'signedOut') {
        <app-notice>
          You are a guest, and have credentials of your own. Upload a file, then
          <a routerLink="/sign-in">sign in</a>: Cognito links the guest's identity to yours.
        </app-notice>
      }
      @if (hasFailed()) {
        <app-notice kind="error"
          >The code for AWS credentials could not be loaded. Reload the page.</app-notice
        >
      } @else if (aws(); as aws) {
        <div class="cards">
          <div class="stack">
            <app-credentials-card [aws]="aws" />
            @if (settings.signedUrl; as url) {
              <app-signed-call-card [aws]="aws" [url]="url" [region]="settings.region" />
              <app-show-code file="aws-credentials/sign-request.ts" />
            }
          </div>
          @if (settings.bucket; as bucket) {
            <div class="stack">
              <app-files-card [aws]="aws" [bucket]="bucket" />
              <app-show-code file="aws-credentials/files.ts" />
            </div>
          }
        </div>
      } @else {
        <app-loading label="Loading the credentials" />
      }
    }
  `,
})
export class AwsCredentialsPanel {
  protected readonly session = inject(SessionService);
  private readonly lazy = inject(LazyAwsCredentials);
  private readonly config = injectDemoConfig().aws;

  protected readonly settings =
    this.config === undefined
      ? null
      : {
          guests: this.config.guests,
          region: regionOf(this.config),
          bucket: bucketOf(this.config),
          signedUrl:
            this.config.signedApiUrl === undefined ? null : `${this.config.signedApiUrl}/signed/hello`,
        };
  protected readonly aws = signal<AwsCredentialsService | null>(null);
  protected readonly hasFailed = signal(false);

  constructor() {
    if (this.lazy.isThere)
      this.lazy.load().then(
        (aws) => this.aws.set(aws),
        () => this.hasFailed.set(true),
      );
  }
}
