import { NgComponentOutlet } from '@angular/common';
import { ChangeDetectionStrategy, Component, effect, inject, output, signal, type Type } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { mdiMenu } from '@mdi/js';
import { SessionService } from 'ngx-cognito-session';
import { Icon } from '../ui/icon';
import { SessionChip } from './session-chip';
import { ThemeSwitch } from './theme-switch';

/** What is on top of every page: where the user is, how the session is, and who is signed in. */
@Component({
  selector: 'app-top-bar',
  imports: [Icon, MatButton, MatIconButton, NgComponentOutlet, RouterLink, SessionChip, ThemeSwitch],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './top-bar.css',
  template: `
    <header>
      <button class="menu" matIconButton type="button" aria-label="Menu" (click)="menu.emit()">
        <app-icon [path]="menuIcon" />
      </button>
      <a class="brand" routerLink="/home">
        <img src="icon.svg" alt="" width="28" height="28" />
        <span>ngx-cognito-session</span>
      </a>
      <span class="spacer"></span>
      <app-session-chip />
      <app-theme-switch />
      @if (session.user(); as user) {
        <span class="menu-place">
          <ng-container *ngComponentOutlet="userMenu(); inputs: { user }" />
        </span>
      } @else if (session.state().status === 'signedOut') {
        <a matButton="filled" routerLink="/sign-in">Sign in</a>
      }
    </header>
  `,
})
export class TopBar {
  readonly menu = output();

  protected readonly session = inject(SessionService);
  protected readonly menuIcon = mdiMenu;
  protected readonly userMenu = signal<Type<unknown> | null>(null);

  constructor() {
    // The menu brings overlays: a first visit does not wait for them.
    effect(() => {
      if (this.session.isSignedIn())
        void import('./user-menu').then(({ UserMenu }) => this.userMenu.set(UserMenu));
    });
  }
}
