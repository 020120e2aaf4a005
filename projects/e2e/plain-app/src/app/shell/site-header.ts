import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { WhoIsSignedIn } from './who-is-signed-in';

@Component({
  selector: 'app-site-header',
  imports: [RouterLink, RouterLinkActive, WhoIsSignedIn],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './site-header.css',
  template: `
    <header>
      <a class="brand" routerLink="/">ngx-cognito-session <span>demo</span></a>
      <nav aria-label="Pages">
        <ul>
          <li>
            <a
              routerLink="/"
              routerLinkActive="active"
              ariaCurrentWhenActive="page"
              [routerLinkActiveOptions]="{ exact: true }"
              >Session</a
            >
          </li>
          <li>
            <a routerLink="/api-call" routerLinkActive="active" ariaCurrentWhenActive="page">API call</a>
          </li>
          <li>
            <a
              routerLink="/orders"
              fragment="order-1042"
              routerLinkActive="active"
              ariaCurrentWhenActive="page"
              [queryParams]="{ status: 'open' }"
              >Orders</a
            >
          </li>
          <li>
            <a routerLink="/aws" routerLinkActive="active" ariaCurrentWhenActive="page">AWS</a>
          </li>
          <li>
            <a routerLink="/events" routerLinkActive="active" ariaCurrentWhenActive="page">Events</a>
          </li>
        </ul>
      </nav>
      <app-who-is-signed-in />
    </header>
  `,
})
export class SiteHeader {}
