import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  inject,
  signal,
  viewChild,
  type ApplicationRef,
  type ElementRef,
} from '@angular/core';
import { Loading } from '../../ui/loading';
import { Notice } from '../../ui/notice';
import { PanelHeader } from '../../ui/panel-header';
import { ShowCode } from '../../ui/show-code';
import { createServerSessionApp } from './create-server-session-app';
import { ServerSessionCards } from './server-session-cards';

/** The same app with its tokens on the server, as an Angular app of its own in this page. */
@Component({
  selector: 'app-server-session-panel',
  imports: [Loading, Notice, PanelHeader, ShowCode],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styles: `
    :host {
      display: grid;
      gap: 1.25rem;
    }
    app-panel-header {
      margin-block-end: 0;
    }
    app-show-code {
      min-inline-size: 0;
    }
  `,
  template: `
    <app-panel-header title="Server session">
      The same library with its tokens on the server. The browser has one HttpOnly cookie and the claims.
    </app-panel-header>
    @switch (state()) {
      @case ('loading') {
        <app-loading label="Starting the app" />
      }
      @case ('failed') {
        <app-notice kind="error">The app could not be started. Reload the page to try again.</app-notice>
      }
    }
    <div #host></div>
    <app-show-code file="server-session/create-server-session-app.ts" />
  `,
})
export class ServerSessionPanel {
  private readonly host = viewChild.required<ElementRef<HTMLElement>>('host');
  protected readonly state = signal<'loading' | 'running' | 'failed'>('loading');

  constructor() {
    const destroyRef = inject(DestroyRef);
    const start = (app: ApplicationRef) => {
      this.state.set('running');
      if (destroyRef.destroyed) app.destroy();
      else destroyRef.onDestroy(() => app.destroy());
    };
    afterNextRender(() => {
      const { nativeElement } = this.host();
      createServerSessionApp(ServerSessionCards, nativeElement).then(start, () => this.state.set('failed'));
    });
  }
}
