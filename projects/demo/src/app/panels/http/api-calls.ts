import { HttpClient, HttpErrorResponse } from '@angular/common/http';
import { computed, inject, Injectable, signal } from '@angular/core';
import { SessionError, SessionService } from 'ngx-cognito-session';
import { finalize } from 'rxjs';
import type { SentRequest } from '../../http/watch-interceptor';
import { callWithFetch, callWithHttpClient } from './call-api';

export type Client = 'HttpClient' | 'createAuthFetch';

/** A call by the app, with the requests that it took. */
export interface ApiCall {
  readonly number: number;
  /** The click that it belongs to. */
  readonly batch: number;
  readonly client: Client;
  readonly url: string;
  readonly sent: readonly SentRequest[];
  /** Why it was not sent or not answered, in words. */
  readonly problem: string | null;
  readonly isPending: boolean;
}

/** Calls of one click that went the same way. */
export interface CallGroup {
  readonly count: number;
  readonly call: ApiCall;
}

const MAX_CALLS = 100;

/** The calls of this panel, newest first. */
@Injectable()
export class ApiCalls {
  private readonly http = inject(HttpClient);
  private readonly session = inject(SessionService);
  private readonly list = signal<readonly ApiCall[]>([]);
  private lastNumber = 0;
  private lastBatch = 0;

  readonly calls = this.list.asReadonly();
  readonly groups = computed(() => groupsOf(this.list()));
  readonly isBusy = computed(() => this.list().some(({ isPending }) => isPending));

  send(client: Client, url: string, times = 1): void {
    const batch = ++this.lastBatch;
    for (let i = 0; i < times; i++) this.sendOne(client, url, batch);
  }

  clear(): void {
    this.list.set([]);
  }

  private sendOne(client: Client, url: string, batch: number): void {
    const number = ++this.lastNumber;
    const call: ApiCall = { number, batch, client, url, sent: [], problem: null, isPending: true };
    this.list.update((calls) => [call, ...calls].slice(0, MAX_CALLS));
    const onSent = (sent: SentRequest) =>
      this.change(number, (before) => ({ ...before, sent: [...before.sent, sent] }));
    const answer$ =
      client === 'HttpClient'
        ? callWithHttpClient(this.http, url, onSent)
        : callWithFetch(this.session, url, onSent);
    answer$
      .pipe(finalize(() => this.change(number, (before) => ({ ...before, isPending: false }))))
      .subscribe({
        error: (error: unknown) =>
          this.change(number, (before) => ({ ...before, problem: problemOf(error) })),
      });
  }

  private change(number: number, change: (call: ApiCall) => ApiCall): void {
    this.list.update((calls) => calls.map((call) => (call.number === number ? change(call) : call)));
  }
}

/** Pure. */
function groupsOf(calls: readonly ApiCall[]): readonly CallGroup[] {
  const groups = new Map<string, CallGroup>();
  for (const call of calls) {
    const { batch, sent, problem, isPending } = call;
    const key = JSON.stringify([batch, sent, problem, isPending]);
    groups.set(key, { count: (groups.get(key)?.count ?? 0) + 1, call });
  }
  return [...groups.values()];
}

/** Words for a call without an answer; `null` if its status says it. Pure. */
function problemOf(error: unknown): string | null {
  if (error instanceof SessionError) return `Not sent: ${error.message} (${error.code})`;
  if (error instanceof HttpErrorResponse && error.status > 0) return null;
  return 'No answer arrived.';
}
