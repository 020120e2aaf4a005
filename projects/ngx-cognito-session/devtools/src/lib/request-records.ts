import { DOCUMENT, inject } from '@angular/core';
import { ɵparseUrl, ɵredactedText, type ɵRequestRules, type ɵRequestWatch } from 'ngx-cognito-session';
import type { ɵRecordedRequest } from 'ngx-cognito-session/devtools/panel';
import { Subject, tap, type Observable } from 'rxjs';
import { ClockShift } from './clock-shift';
import { missReason, noRulesReason, ruleText } from './request-reason';

const MOST_REQUESTS = 50;

/** Writes down what the rules say of each request, and what becomes of it. */
export class RequestRecords {
  readonly #shift = inject(ClockShift);
  readonly #document = inject(DOCUMENT);
  readonly #changed = new Subject<void>();
  #requests: readonly ɵRecordedRequest[] = [];

  /** Hot. */
  readonly changed$: Observable<void> = this.#changed.asObservable();

  get requests(): readonly ɵRecordedRequest[] {
    return this.#requests;
  }

  /** The same rules for one request, written down. */
  readonly watch: ɵRequestWatch = (request, rules, own = {}) => {
    const { method, urlWithParams } = request;
    const described = {
      at: this.#shift.deviceMs(),
      method,
      url: shownUrl(urlWithParams, rules === null ? this.#document.baseURI : rules.baseUrl),
    };
    if (rules === null) {
      this.#add({ ...described, rule: null, reason: noRulesReason(own), steps: [] });
      return null;
    }
    const steps: string[] = [];
    const add = (...more: string[]) => {
      steps.push(...more);
      this.#changed.next();
    };
    return {
      planFor: (asked, overrides) => {
        const plan = rules.planFor(asked, overrides);
        this.#add({
          ...described,
          rule: plan && ruleText(plan),
          reason: plan === null ? missReason(asked, rules) : '',
          steps,
        });
        return plan;
      },
      supply: watchedSupply(rules.supply, add),
    };
  };

  #add(request: ɵRecordedRequest): void {
    this.#requests = [...this.#requests.slice(1 - MOST_REQUESTS), request];
    this.#changed.next();
  }
}

function watchedSupply(
  supply: ɵRequestRules['supply'],
  add: (...steps: string[]) => void,
): ɵRequestRules['supply'] {
  let isSent = false;
  return {
    send: (plan, send) =>
      supply
        .send(plan, (header) => {
          isSent = true;
          add(header === null ? 'sent without a token: signed out' : `sent with ${header.name}`);
          return send(header);
        })
        .pipe(
          tap({
            next: (answer) => {
              const status = statusOf(answer);
              if (status !== null) add(String(status));
            },
            error: (error: unknown) => {
              const status = statusOf(error);
              const code = error instanceof Object && 'code' in error ? String(error.code) : 'failed';
              add(
                status === null
                  ? isSent
                    ? code
                    : `not sent: ${code}`
                  : status === 0
                    ? 'no answer'
                    : String(status),
              );
            },
          }),
        ),
    successor: (plan, refused, response$) => {
      add(typeof plan.retryOnUnauthorized === 'function' ? 'refused' : '401');
      return supply.successor(plan, refused, response$).pipe(
        tap((header) => {
          if (header === null) add('the answer stands');
          else if (header.origin.isRepeated === true) add('a new token is not valid yet', 'sent again');
          else add('newer token', 'sent again');
        }),
      );
    },
  };
}

/** Of a final answer: a response of `HttpClient` or of `fetch`, or an error of `HttpClient`. */
function statusOf(answer: unknown): number | null {
  const { status, type } = (typeof answer === 'object' && answer !== null ? answer : {}) as {
    status?: unknown;
    type?: unknown;
  };
  // 2: only the headers have arrived.
  return typeof status === 'number' && type !== 2 ? status : null;
}

/** Without query and fragment, and without anything in the path that looks like a token. */
function shownUrl(url: string, baseUrl: string | undefined): string {
  const parsed = ɵparseUrl(url, baseUrl);
  return ɵredactedText(parsed === null ? url.replace(/[?#].*/s, '') : `${parsed.origin}${parsed.pathname}`);
}
