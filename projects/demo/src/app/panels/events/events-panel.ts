import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { clockTime } from '../../session/clock-time';
import { EventLog, type LoggedEvent } from '../../events/event-log';
import { Notice } from '../../ui/notice';
import { PanelHeader } from '../../ui/panel-header';
import { ShowCode } from '../../ui/show-code';

/** What `events$` has emitted in this tab, newest first. */
@Component({
  selector: 'app-events-panel',
  imports: [MatButton, Notice, PanelHeader, ShowCode],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './events-panel.css',
  template: `
    <app-panel-header title="Events">
      What <code>events$</code> has emitted in this tab, newest first. The list survives a reload.
      <button actions matButton type="button" (click)="log.clear()">Clear</button>
    </app-panel-header>
    <div role="log" aria-label="Events">
      @if (log.events().length === 0) {
        <app-notice>No event yet. Sign in, or open another tab.</app-notice>
      } @else {
        <ol>
          @for (event of log.events(); track event.number) {
            <li>
              <time>{{ clockTime(event.at) }}</time>
              <span class="type" [class.trouble]="isTrouble(event)">{{ event.type }}</span>
              <span class="detail">{{ event.detail }}</span>
              @if (event.origin === 'otherTab') {
                <small>another tab</small>
              }
            </li>
          }
        </ol>
      }
    </div>
    <app-show-code file="events/log-events.ts" />
  `,
})
export class EventsPanel {
  protected readonly log = inject(EventLog);

  protected readonly clockTime = clockTime;

  protected isTrouble({ type }: LoggedEvent): boolean {
    return type === 'error' || type === 'sessionExpired';
  }
}
