import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { SessionError, SessionService } from 'ngx-cognito-session';
import { catchError, combineLatest, map, of, type Observable } from 'rxjs';

/** Calls every query and the commands that need no signed-in user, and shows the result of each. */
@Component({
  selector: 'app-ask-everything',
  template: `<ul>
    @for (answer of answers(); track $index) {
      <li>{{ answer }}</li>
    }
  </ul>`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AskEverything {
  private readonly session = inject(SessionService);

  protected readonly answers = toSignal<readonly string[], readonly string[]>(
    combineLatest([
      outcome('initialize', this.session.initialize()),
      outcome('getAccessToken', this.session.getAccessToken()),
      outcome('getIdToken', this.session.getIdToken()),
      outcome('getTokens', this.session.getTokens()),
      outcome('forceRefresh', this.session.forceRefresh()),
    ]),
    { initialValue: [] },
  );
}

/** Never a value: a page shows no token. */
function outcome(name: string, source: Observable<unknown>): Observable<string> {
  return source.pipe(
    map((value) => (value === null ? 'nothing' : 'something')),
    catchError((error: unknown) => of(error instanceof SessionError ? error.code : String(error))),
    map((answer) => `${name}: ${answer}`),
  );
}
