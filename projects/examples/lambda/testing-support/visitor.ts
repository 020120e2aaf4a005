/** A browser of one user. It keeps cookies, and reaches the app's origin through the gateway. */
export class Visitor {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly gatewayUrl: string,
    private readonly appOrigin: string,
  ) {}

  /** A navigation. Redirects are not followed. */
  visit(url: string): Promise<Response> {
    return this.send(url, {});
  }

  /** A call of the app's own pages. */
  call(path: string, method = 'GET'): Promise<Response> {
    const headers = {
      'X-CSRF': '1',
      'Sec-Fetch-Site': 'same-origin',
      ...(method !== 'GET' && { Origin: this.appOrigin }),
    };
    return this.send(path, { method, headers });
  }

  /** Signs in at managed login, and gives the answer of the callback. */
  async signIn(username: string, password: string, returnUrl = '/'): Promise<Response> {
    const started = await this.visit(`/auth/login?returnUrl=${encodeURIComponent(returnUrl)}`);
    const form = (started.headers.get('location') ?? '').replace('/oauth2/authorize', '/login');
    const body = new URLSearchParams({ username, password });
    const back = await fetch(form, { method: 'POST', body, redirect: 'manual' });
    return this.visit(back.headers.get('location') ?? '');
  }

  private async send(url: string, init: RequestInit): Promise<Response> {
    const { origin, pathname, search } = new URL(url, this.appOrigin);
    if (origin !== this.appOrigin) throw new Error(`${origin} is not the app.`);
    const headers = new Headers(init.headers);
    const cookies = [...this.cookies].map(([name, value]) => `${name}=${value}`);
    if (cookies.length > 0) headers.set('Cookie', cookies.join('; '));
    const response = await fetch(`${this.gatewayUrl}${pathname}${search}`, {
      ...init,
      headers,
      redirect: 'manual',
    });
    for (const setCookie of response.headers.getSetCookie()) this.keep(setCookie);
    return response;
  }

  private keep(setCookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? [];
    if (/; Max-Age=0(;|$)/.test(setCookie)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
