import { HttpClient } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatButtonToggle, MatButtonToggleGroup } from '@angular/material/button-toggle';
import { MatCard, MatCardContent } from '@angular/material/card';
import { SessionService } from 'ngx-cognito-session';
import { injectDemoConfig } from '../../config/inject-demo-config';
import { wrongOriginOf } from '../../config/wrong-origin';
import { Notice } from '../../ui/notice';
import { PanelHeader } from '../../ui/panel-header';
import { ShowCode } from '../../ui/show-code';
import { ApiCalls, type Client } from './api-calls';
import { CallRow } from './call-row';

const STORM = 20;

/** Calls of a protected API: with a token where a rule says so, and with one retry after a 401. */
@Component({
  selector: 'app-http-panel',
  imports: [
    CallRow,
    MatButton,
    MatButtonToggle,
    MatButtonToggleGroup,
    MatCard,
    MatCardContent,
    Notice,
    PanelHeader,
    ShowCode,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  providers: [ApiCalls],
  styleUrl: './http-panel.css',
  template: `
    <app-panel-header title="HTTP">
      The interceptor adds the access token where a rule says so. A 401 leads to one refresh and one retry.
    </app-panel-header>

    @if (apiUrl === undefined) {
      <app-notice>No API is configured for this user pool. <code>DEMO_API_URL</code> names one.</app-notice>
    } @else {
      <mat-card appearance="outlined">
        <mat-card-content>
          <p>
            <code>withTokenInjection({{ '{' }} attachTo: ['{{ apiUrl }}/api'] {{ '}' }})</code>
          </p>
          <mat-button-toggle-group
            aria-label="Client"
            hideSingleSelectionIndicator
            [value]="client()"
            (change)="client.set($event.value)"
          >
            <mat-button-toggle value="HttpClient">HttpClient</mat-button-toggle>
            <mat-button-toggle value="createAuthFetch">createAuthFetch</mat-button-toggle>
          </mat-button-toggle-group>
          <div class="buttons">
            <button matButton="filled" type="button" (click)="call()">Call the API</button>
            @if (hasEmulator) {
              <button matButton="tonal" type="button" [attr.aria-disabled]="api.isBusy()" (click)="storm()">
                20 calls, all answered 401
              </button>
            }
            @if (wrongUrl !== null) {
              <button matButton="tonal" type="button" (click)="callWrongOrigin()">Wrong origin</button>
            }
          </div>
          @if (!hasEmulator) {
            <p>Answers of 401 on purpose need the local Cognito.</p>
          }
          @if (session.session() === null) {
            <app-notice
              >No user is signed in: calls go out without a token, and the API rejects them.</app-notice
            >
          }
        </mat-card-content>
      </mat-card>

      <div role="alert">
        @if (problem(); as words) {
          <app-notice kind="error">{{ words }}</app-notice>
        }
      </div>

      <section aria-labelledby="calls-title">
        <div class="head">
          <h2 id="calls-title">Calls</h2>
          <p role="status" aria-label="Summary">
            @if (api.calls().length > 0) {
              {{ api.calls().length }} calls, {{ retried() }} retried
            }
          </p>
          @if (api.calls().length > 0) {
            <button matButton type="button" (click)="api.clear()">Clear</button>
          }
        </div>
        @if (api.calls().length === 0) {
          <app-notice
            >No call yet. Each line will show the requests that a call took, with the token
            shortened.</app-notice
          >
        } @else {
          <ol aria-label="Calls">
            @for (group of api.groups(); track group.call.number) {
              <li><app-call-row [call]="group.call" [count]="group.count" /></li>
            }
          </ol>
          <p class="hint">
            A token that is itself the result of a 401 causes no further refresh for 30 seconds: a second
            storm reaches the callers as 401. A token younger than three seconds is sent again at that age,
            without a refresh.
          </p>
        }
      </section>
    }
    <app-show-code file="http/call-api.ts" />
  `,
})
export class HttpPanel {
  protected readonly session = inject(SessionService);
  protected readonly api = inject(ApiCalls);
  private readonly http = inject(HttpClient);
  private readonly config = injectDemoConfig();

  protected readonly client = signal<Client>('HttpClient');
  protected readonly hasEmulator = this.config.emulator === true;
  protected readonly apiUrl = this.config.apiUrl;
  protected readonly url = `${this.apiUrl ?? ''}/api/hello`;
  protected readonly wrongUrl = this.wrongOriginUrl();
  protected readonly problem = signal('');
  protected readonly retried = computed(() => this.api.calls().filter(({ sent }) => sent.length > 1).length);

  protected call(): void {
    this.api.send(this.client(), this.url);
  }

  protected callWrongOrigin(): void {
    if (this.wrongUrl !== null) this.api.send(this.client(), this.wrongUrl);
  }

  /** The API rejects the first tries, although their token is good. */
  protected storm(): void {
    this.problem.set('');
    this.http.post(`${this.apiUrl ?? ''}/_control/reject-next`, JSON.stringify({ count: STORM })).subscribe({
      next: () => this.api.send(this.client(), this.url, STORM),
      error: () => this.problem.set('The sample API did not answer.'),
    });
  }

  private wrongOriginUrl(): string | null {
    const origin = this.apiUrl === undefined ? null : wrongOriginOf(this.apiUrl);
    return origin === null ? null : `${origin}/api/hello`;
  }
}
