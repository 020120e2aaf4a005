import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { describeEvent } from '../../../../../demo/src/app/events/describe-event';
import { EventLog } from './event-log';

@Component({
  selector: 'app-events-page',
  imports: [DatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './events-page.css',
  template: `
    <h1>Events</h1>
    <p class="lead">The moments of the session since this page was loaded, newest first.</p>
    @if (log.isEmpty()) {
      <p class="card">Nothing has happened yet.</p>
    }
    <ol role="log" aria-label="Events" reversed>
      @for (entry of log.events(); track entry.number) {
        <li>
          <time [attr.datetime]="entry.at.toISOString()">{{ entry.at | date: 'HH:mm:ss.SSS' }}</time>
          <span class="badge" [class.warning]="isTrouble(entry.event.type)">{{ entry.event.type }}</span>
          <span class="detail">{{ describe(entry.event) }}</span>
          @if (entry.event.origin === 'otherTab') {
            <small>another tab</small>
          }
        </li>
      }
    </ol>
  `,
})
export class EventsPage {
  protected readonly log = inject(EventLog);
  protected readonly describe = describeEvent;

  protected isTrouble(type: string): boolean {
    return type === 'error' || type === 'sessionExpired';
  }
}
