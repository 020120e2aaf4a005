import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { Observable } from 'rxjs';
import { injectDemoConfig } from '../config/inject-demo-config';
import type { CognitoCall } from './cognito-call';

interface Calls {
  /** Its clock, epoch milliseconds. */
  readonly now: number;
  readonly calls: readonly CognitoCall[];
}

/** The local Cognito: its log and its control path (`projects/cognito-emulator/README.md`). Not there on a user pool at AWS. */
@Injectable({ providedIn: 'root' })
export class LocalCognito {
  private readonly http = inject(HttpClient);

  readonly isThere = injectDemoConfig().emulator === true;

  /** Cold: the calls after the one with this number; those of one app client, if it is named. */
  calls(after = 0, clientId?: string): Observable<Calls> {
    const params = { after, ...(clientId === undefined ? {} : { clientId }) };
    return this.http.get<Calls>('_emulator/calls', { params });
  }

  /** Cold: a command such as `fault`, `clock`, `configure`, `change-user`, with its input. */
  command<T = unknown>(name: string, input: Readonly<Record<string, unknown>> = {}): Observable<T> {
    return this.http.post<T>(`_emulator/control/${name}`, input);
  }
}
