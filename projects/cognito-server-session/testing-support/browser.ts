import { APP_ORIGIN, type ServerApp } from './server-app';

/** A browser of one user: it keeps cookies and goes to managed login and back. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly app: ServerApp,
    private readonly sessions = app.sessions,
  ) {}

  /** A call of the app's own pages. */
  call(method: string, path: string, headers: Record<string, string> = {}): Promise<Response> {
    const own = {
      'X-CSRF': '1',
      'Sec-Fetch-Site': 'same-origin',
      ...(method !== 'GET' && { Origin: APP_ORIGIN }),
    };
    return this.send(new Request(`${APP_ORIGIN}${path}`, { method, headers: { ...own, ...headers } }));
  }

  /** A navigation to a route of the app. */
  visit(url: string): Promise<Response> {
    const target = new URL(url, APP_ORIGIN);
    this.app.learn(['code', 'state'].flatMap((name) => target.searchParams.getAll(name)));
    return this.send(new Request(target));
  }

  /** Starts a login, fills in the form of managed login, and gives the address of the callback. */
  async logIn(path = '/auth/login', username = 'alice'): Promise<string> {
    return this.fillIn(await this.visit(path), username);
  }

  /** Fills in the form that a login leads to, and gives the address of the callback. */
  async fillIn(started: Response, username = 'alice'): Promise<string> {
    const form = (started.headers.get('location') ?? '').replace('/oauth2/authorize', '/login');
    const body = new URLSearchParams({ username, password: 'Correct-horse-1' });
    const back = await fetch(form, { method: 'POST', body, redirect: 'manual' });
    return back.headers.get('location') ?? '';
  }

  private async send(request: Request): Promise<Response> {
    request.headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await this.sessions.handle(request);
    if (response === null) throw new Error(`${request.url} is not a route.`);
    for (const setCookie of response.headers.getSetCookie()) this.keep(setCookie);
    return response;
  }

  private keep(setCookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? [];
    if (/; Max-Age=0(;|$)/.test(setCookie)) this.cookies.delete(name);
    else this.cookies.set(name, value);
    this.app.learn(secretsIn(name, value));
  }
}

/** What only the browser and the server may know: the secret of a session, or the contents of a login that is under way. */
function secretsIn(name: string, value: string): readonly string[] {
  if (!name.includes('-login-')) return value.split('.').slice(1);
  const { state, nonce, codeVerifier } = JSON.parse(
    Buffer.from(value, 'base64url').toString() || '{}',
  ) as Readonly<Record<string, string>>;
  return [value, state, nonce, codeVerifier].filter((secret) => secret !== undefined);
}
