import { HttpClient, HttpErrorResponse } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { catchError, map, of } from 'rxjs';
import { FIXTURE_SETTINGS } from '../fixture-settings-token';

/** Asks the protected API, on the server and in the browser. */
@Component({
  selector: 'app-orders',
  template: `<h1>Orders</h1>
    <p id="answer">{{ answer() }}</p>`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Orders {
  protected readonly answer = toSignal(
    inject(HttpClient)
      .get<{ username: string }>(`${inject(FIXTURE_SETTINGS).apiUrl}/api/hello`)
      .pipe(
        map(({ username }) => `hello ${username}`),
        catchError((error: unknown) =>
          of(error instanceof HttpErrorResponse ? `${error.status}` : String(error)),
        ),
      ),
    { initialValue: 'asking' },
  );
}
