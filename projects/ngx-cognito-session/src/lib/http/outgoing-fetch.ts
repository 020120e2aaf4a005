import { HttpHeaders, HttpRequest } from '@angular/common/http';
import { followRule } from './follow-rule';
import type { TokenHeader } from './token-supply';

export type FetchFn = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

/** The arguments of one `fetch`, read once, so that the checked request is the one that is sent. */
export class OutgoingFetch {
  private constructor(
    private readonly target: string | Request,
    private readonly init: RequestInit,
    private readonly headers: Headers,
    /** The same request in the form that predicates of `withTokenInjection` get. */
    readonly described: HttpRequest<unknown>,
  ) {}

  /** `null`: the arguments are invalid, and `fetch` reports the error. */
  static read(
    input: RequestInfo | URL,
    init: RequestInit = {},
    baseUrl: string | undefined,
  ): OutgoingFetch | null {
    try {
      const request = input instanceof Request ? input : null;
      const url = input instanceof Request ? input.url : new URL(input, baseUrl).href;
      const headers = new Headers(init.headers ?? request?.headers);
      const described = new HttpRequest<unknown>(
        init.method ?? request?.method ?? 'GET',
        url,
        init.body ?? null,
        {
          headers: new HttpHeaders(headers),
        },
      );
      return new OutgoingFetch(request ?? url, membersOf(init), headers, described);
    } catch {
      return null;
    }
  }

  get signal(): AbortSignal | null {
    const { signal = this.request?.signal } = this.init;
    return signal ?? null;
  }

  /** A copy for the retry; `null`: the body can be sent only once. */
  copy(): OutgoingFetch | null {
    const { body } = this.init;
    if (typeof body === 'object' && body !== null && ('getReader' in body || Symbol.asyncIterator in body))
      return null;
    // The body in `init` replaces that of the request, which may have been read.
    const target = (body ?? null) === null ? (this.request?.clone() ?? this.target) : this.target;
    return new OutgoingFetch(target, this.init, this.headers, this.described);
  }

  send(fetch: FetchFn, { name, value, isPublic }: TokenHeader): Promise<Response> {
    const headers = new Headers(this.headers);
    headers.set(name, value);
    const redirect = this.init.redirect ?? this.request?.redirect;
    return fetch(this.target, { ...this.init, headers, ...(!isPublic && followRule(name, redirect)) });
  }

  private get request(): Request | null {
    return this.target instanceof Request ? this.target : null;
  }
}

/** A `Request` can be used as `init`. Its members are inherited. */
function membersOf(init: RequestInit): RequestInit {
  const members: Record<string, unknown> = {};
  for (const name in init) members[name] = Reflect.get(init, name);
  return members;
}
