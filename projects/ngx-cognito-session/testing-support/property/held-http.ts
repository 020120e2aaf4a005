import {
  HttpErrorResponse,
  HttpResponse,
  type HttpHandler,
  type HttpEvent,
  type HttpRequest,
} from '@angular/common/http';
import { Observable, type Subscriber } from 'rxjs';

export type HttpOutcome = 'ok' | 'unauthorized' | 'failed' | 'noNetwork';

interface HttpCall {
  readonly request: HttpRequest<unknown>;
  readonly subscriber: Subscriber<HttpEvent<unknown>>;
}

/** The app's API: requests wait for their answers until a command gives them. */
export class HeldHttp {
  readonly calls: HttpCall[] = [];

  /** `onRequest` hears of every request at the moment it is sent. */
  backendFor(onRequest: (request: HttpRequest<unknown>) => void): Pick<HttpHandler, 'handle'> {
    return {
      handle: (request) =>
        new Observable((subscriber) => {
          const call = { request, subscriber };
          this.calls.push(call);
          onRequest(request);
          return () => {
            this.forget(call);
          };
        }),
    };
  }

  settle(call: HttpCall, outcome: HttpOutcome): void {
    this.forget(call);
    const { subscriber, request } = call;
    const { url } = request;
    if (outcome === 'ok') {
      subscriber.next(new HttpResponse({ status: 200, url }));
      subscriber.complete();
      return;
    }
    const status = { unauthorized: 401, failed: 500, noNetwork: 0 }[outcome];
    subscriber.error(new HttpErrorResponse({ status, url }));
  }

  private forget(call: HttpCall): void {
    const index = this.calls.indexOf(call);
    if (index >= 0) this.calls.splice(index, 1);
  }
}
