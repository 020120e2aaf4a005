import { NgComponentOutlet } from '@angular/common';
import { afterNextRender, ChangeDetectionStrategy, Component, signal, type Type } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { FocusOnNavigation } from './shell/focus-on-navigation';
import { Navigation } from './shell/navigation';
import { NavigationDrawer } from './shell/navigation-drawer';
import { TopBar } from './shell/top-bar';

/** The frame of all pages: the bar, the navigation beside the content or in a drawer, and the content. */
@Component({
  selector: 'app-root',
  imports: [FocusOnNavigation, Navigation, NavigationDrawer, NgComponentOutlet, RouterOutlet, TopBar],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './app.css',
  template: `
    <a class="skip-link" href="#content" (click)="skip($event, content)">Skip to the content</a>
    <app-top-bar (menu)="drawer.open()" />
    <app-navigation-drawer #drawer />
    <div class="frame">
      <app-navigation class="beside" />
      <main #content id="content" tabindex="-1" appFocusOnNavigation>
        <ng-container *ngComponentOutlet="banner()" />
        <router-outlet />
      </main>
    </div>
  `,
})
export class App {
  protected readonly banner = signal<Type<unknown> | null>(null);

  constructor() {
    // Its words for every trouble and every end come after the first page: a session lives longer than that.
    afterNextRender(
      () => void import('./shell/session-banner').then(({ SessionBanner }) => this.banner.set(SessionBanner)),
    );
  }

  /** With a base URL a plain fragment link would leave the page. */
  protected skip(event: Event, content: HTMLElement): void {
    event.preventDefault();
    content.focus();
  }
}
