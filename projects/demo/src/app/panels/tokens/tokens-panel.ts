import { ChangeDetectionStrategy, Component, computed } from '@angular/core';
import { RouterLink } from '@angular/router';
import { shortToken } from '../../http/short-token';
import { Loading } from '../../ui/loading';
import { Notice } from '../../ui/notice';
import { PanelHeader } from '../../ui/panel-header';
import { ShowCode } from '../../ui/show-code';
import { ClaimsCard } from './claims-card';
import { UserCard } from './user-card';
import { injectWhoAmI } from './who-am-i';

/** Who is signed in, and what the two tokens say. */
@Component({
  selector: 'app-tokens-panel',
  imports: [ClaimsCard, Loading, Notice, PanelHeader, RouterLink, ShowCode, UserCard],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styles: `
    :host {
      display: grid;
      gap: 1.5rem;
    }
    app-panel-header {
      margin-block-end: 0;
    }
    .cards {
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr));
      align-items: start;
    }
    app-show-code {
      min-inline-size: 0;
    }
  `,
  template: `
    <app-panel-header title="Tokens">
      The session has the claims and no token: it is safe to bind and to log. Tokens are shown by their ends
      only.
    </app-panel-header>
    @if (me.session(); as session) {
      <app-user-card [session]="session" [refreshToken]="short().refresh" />
      <div class="cards">
        <app-claims-card
          title="Access token"
          purpose="Opens your API. It goes only where a rule of the interceptor sends it."
          [claims]="session.accessClaims"
          [short]="short().access"
          [clockDrift]="session.clockDrift"
        />
        @if (session.idClaims; as claims) {
          <app-claims-card
            title="ID token"
            purpose="Says who the user is. The identity pool exchanges it for AWS credentials."
            [claims]="claims"
            [short]="short().id"
            [clockDrift]="session.clockDrift"
          />
        }
      </div>
    } @else if (me.session() === null) {
      <app-notice
        >No user is signed in, so there are no tokens. <a routerLink="/sign-in">Sign in</a></app-notice
      >
    } @else {
      <app-loading label="Looking for a session" />
    }
    <app-show-code file="tokens/who-am-i.ts" />
  `,
})
export class TokensPanel {
  protected readonly me = injectWhoAmI();
  protected readonly short = computed(() => {
    const tokens = this.me.tokens();
    return {
      access: shortToken(tokens?.accessToken ?? null),
      id: shortToken(tokens?.idToken ?? null),
      refresh: shortToken(tokens?.refreshToken ?? null),
    };
  });
}
