import { isPlatformBrowser } from '@angular/common';
import { afterNextRender, ChangeDetectionStrategy, Component, inject, PLATFORM_ID } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { RouterOutlet } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';
import { distinctUntilChanged, map } from 'rxjs';
import { Observation } from './observation';

@Component({
  selector: 'app-root',
  imports: [RouterOutlet],
  template: `
    <p id="session">{{ state().status }}, {{ user()?.username ?? 'nobody' }}</p>
    @if (session.isSignedIn()) {
      <p id="greeting">Hello</p>
    }
    <router-outlet />
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class App {
  protected readonly session = inject(SessionService);
  protected readonly state = this.session.state;
  protected readonly user = this.session.user;

  constructor() {
    if (!isPlatformBrowser(inject(PLATFORM_ID))) return;
    const observation = new Observation(this.session);
    window.fixture = observation;
    this.session.state$
      .pipe(
        map(({ status }) => status),
        distinctUntilChanged(),
        takeUntilDestroyed(),
      )
      .subscribe((status) => observation.states.push(status));
    this.session.events$.pipe(takeUntilDestroyed()).subscribe(({ type }) => observation.events.push(type));
    afterNextRender(() => {
      observation.hasTakenOver = true;
    });
  }
}
