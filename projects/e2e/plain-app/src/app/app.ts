import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { FocusOnNavigation } from '../../../../demo/src/app/shell/focus-on-navigation';
import { SiteHeader } from './shell/site-header';

@Component({
  selector: 'app-root',
  imports: [FocusOnNavigation, RouterOutlet, SiteHeader],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <a class="skip-link" href="#content" (click)="skip($event, content)">Skip to the content</a>
    <app-site-header />
    <main #content id="content" tabindex="-1" appFocusOnNavigation>
      <router-outlet />
    </main>
  `,
})
export class App {
  /** With a base URL a plain fragment link would leave the page. */
  protected skip(event: Event, content: HTMLElement): void {
    event.preventDefault();
    content.focus();
  }
}
