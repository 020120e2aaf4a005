import type { ManualTime } from './manual-time';
import { replaceProperty } from './replaced-global';

/** A session as `GET session` answers it. */
export interface ServedSession {
  readonly accessClaims: Readonly<Record<string, unknown>>;
  readonly idClaims: Readonly<Record<string, unknown>> | null;
  readonly endsAt: string | null;
}

/** One request to the routes. */
export interface RouteCall {
  /** Such as `GET /auth/session`. */
  readonly route: string;
  readonly init: RequestInit;
}

const DAY_MS = 86_400_000;

/** The claims of a session that begins at this time. */
export function servedSession(
  nowMs: number,
  {
    sub = 'alice-id',
    origin = 'origin-1',
    lifetimeMs = 30 * DAY_MS,
    claims = {},
  }: {
    readonly sub?: string;
    readonly origin?: string;
    readonly lifetimeMs?: number | null;
    readonly claims?: Readonly<Record<string, unknown>>;
  } = {},
): ServedSession {
  const iat = Math.floor(nowMs / 1000);
  const common = { sub, iss: 'https://pool', iat, exp: iat + 3600, auth_time: iat, origin_jti: origin };
  return {
    accessClaims: {
      ...common,
      token_use: 'access',
      client_id: 'client1',
      username: sub.replace('-id', ''),
      scope: 'openid email',
      'cognito:groups': ['admins'],
      ...claims,
    },
    idClaims: {
      ...common,
      token_use: 'id',
      aud: 'client1',
      'cognito:username': sub.replace('-id', ''),
      email: `${sub.replace('-id', '')}@example.com`,
    },
    endsAt: lifetimeMs === null ? null : new Date(iat * 1000 + lifetimeMs).toISOString(),
  };
}

/** The routes of `cognito-server-session` behind the page's `fetch`: one cookie jar, one session. */
export class FakeSessionServer {
  /** That of the cookie. */
  session: ServedSession | null = null;
  /** The ids of the user's sessions in other browsers. */
  others: string[] = [];
  readonly calls: RouteCall[] = [];
  /** What the next requests get instead of an answer, in their order; `null`: the usual one. */
  readonly faults: (number | 'network' | 'hang' | 'html' | null)[] = [];
  /** What holds single requests or their answers back. */
  readonly #held = new Map<string, Promise<void>>();
  /** While this is set, answers are held back. */
  #gate: Promise<void> | null = null;
  #open = () => {};
  isOffline = false;
  /** Server minus device. */
  clockAheadMs = 0;
  logoutUrl: string | null = 'https://login.example.com/logout?client_id=client1';
  #undo = () => {};

  constructor(private readonly time: ManualTime) {}

  install(): void {
    this.#undo = replaceProperty(globalThis, 'fetch', {
      value: (input: string, init: RequestInit = {}) => this.#answer(input, init),
      writable: true,
    });
  }

  uninstall(): void {
    this.#undo();
  }

  count(route: string): number {
    return this.calls.filter((call) => call.route === route).length;
  }

  /** The server has decided, but its answers arrive only after {@link release}. */
  hold(): void {
    this.#gate = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  release(): void {
    this.#gate = null;
    this.#open();
  }

  /** The next request to a route reaches the server, or its answer the page, only after `release`. */
  holdNext(route: string, leg: 'request' | 'answer' = 'answer'): { readonly release: () => void } {
    let release = () => {};
    this.#held.set(`${leg} of ${route}`, new Promise((resolve) => (release = resolve)));
    return {
      release: () => {
        release();
      },
    };
  }

  async #pass(leg: 'request' | 'answer', route: string): Promise<void> {
    const key = `${leg} of ${route}`;
    const held = this.#held.get(key);
    this.#held.delete(key);
    await held;
  }

  async #answer(input: string, init: RequestInit): Promise<Response> {
    const { pathname, origin, searchParams } = new URL(input);
    if (origin !== location.origin) throw new TypeError(`${origin} is another origin`);
    const route = `${init.method ?? 'GET'} ${pathname}`;
    this.calls.push({ route, init });
    if (this.#held.has(`request of ${route}`)) await this.#pass('request', route);
    const fault = this.isOffline ? 'network' : (this.faults.shift() ?? null);
    if (fault === 'network') throw new TypeError('Failed to fetch');
    if (fault === 'hang') return this.#hang(init);
    const answer =
      typeof fault === 'number'
        ? json(fault, { error: 'unavailable' })
        : this.#serve(route, init, searchParams.get('sid'));
    await this.#pass('answer', route);
    await this.#gate;
    if (init.signal?.aborted === true) throw new DOMException('Aborted', 'AbortError');
    if (fault === 'html') return new Response('<!doctype html>', { status: 200 });
    return answer;
  }

  #serve(route: string, { headers }: RequestInit, sid: string | null): Response {
    if (new Headers(headers).get('x-csrf') !== '1') return json(403, { error: 'forbidden' });
    const date = new Date(this.time.now() + this.clockAheadMs).toUTCString();
    if (route.endsWith('/session')) return json(200, this.session, { date });
    if (route.endsWith('/signout')) {
      const isAnother = sid !== null && this.session?.accessClaims['origin_jti'] !== sid;
      if (isAnother) return json(200, { logoutUrl: null }, { date });
      this.session = null;
      return json(200, { logoutUrl: this.logoutUrl }, { date });
    }
    if (route.endsWith('/sessions'))
      return json(200, [
        { id: 'own', isCurrent: true },
        ...this.others.map((id) => ({ id, isCurrent: false })),
      ]);
    const [, id] = /^DELETE .*\/sessions\/(.*)$/.exec(route) ?? [];
    if (id !== undefined) {
      this.others = this.others.filter((other) => other !== id);
      return json(200, { removed: 1, notRevoked: 0 });
    }
    return json(404, { error: 'notFound' });
  }

  #hang({ signal }: RequestInit): Promise<Response> {
    return new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => {
        reject(new DOMException('Aborted', 'AbortError'));
      });
    });
  }
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}
