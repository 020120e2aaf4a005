import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { FocusOnNavigation } from './shell/focus-on-navigation';
import { Navigation } from './shell/navigation';
import { NavigationDrawer } from './shell/navigation-drawer';
import { SessionBanner } from './shell/session-banner';
import { TopBar } from './shell/top-bar';

/** The frame of all pages: the bar, the navigation beside the content or in a drawer, and the content. */
@Component({
  selector: 'app-root',
  imports: [FocusOnNavigation, Navigation, NavigationDrawer, RouterOutlet, SessionBanner, TopBar],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './app.css',
  template: `
    <a class="skip-link" href="#content" (click)="skip($event, content)">Skip to the content</a>
    <app-top-bar (menu)="drawer.open()" />
    <app-navigation-drawer #drawer />
    <div class="frame">
      <app-navigation class="beside" />
      <main #content id="content" tabindex="-1" appFocusOnNavigation>
        <app-session-banner />
        <router-outlet />
      </main>
    </div>
  `,
})
export class App {
  /** With a base URL a plain fragment link would leave the page. */
  protected skip(event: Event, content: HTMLElement): void {
    event.preventDefault();
    content.focus();
  }
}
