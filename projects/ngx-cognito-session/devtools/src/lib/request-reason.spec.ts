import { HttpHeaders, HttpRequest } from '@angular/common/http';
import type { TokenInjectionOptions } from 'ngx-cognito-session';
import { missReason, ruleText } from './request-reason';

const ORIGIN = 'https://app.example.com';
const API = 'https://api.example.com:8443/v1';

function reason(
  url: string,
  attachTo: TokenInjectionOptions['attachTo'] = [API],
  request: { readonly method?: string; readonly headers?: Record<string, string> } = {},
): string {
  const asked = new HttpRequest<unknown>(request.method ?? 'GET', url, null, {
    headers: new HttpHeaders(request.headers ?? {}),
  });
  return missReason(asked, { options: { attachTo }, baseUrl: `${ORIGIN}/`, ownOrigin: ORIGIN });
}

describe('why a request gets no token', () => {
  it.each([
    ['https://api.example.com/v1/orders', `port differs from ${API}`],
    ['http://api.example.com:8443/v1/orders', `scheme differs from ${API}`],
    ['https://api.example.com:8443/v2', `path differs from ${API}`],
    ['https://api.example.org:8443/v1', `host differs from ${API}`],
    ['http://api.example.com:8443/v2', `scheme and path differ from ${API}`],
    [
      'https://user@api.example.com:8443/v1/orders',
      'the form of its URL: not encrypted, user information, or a disguised path',
    ],
    ['https://', 'its URL cannot be read'],
  ])('%s: %s', (url, text) => {
    expect(reason(url)).toBe(text);
  });

  it('is the method, if only that differs', () => {
    expect(reason(API, [{ url: API, methods: ['POST'] }])).toBe(`method differs from ${API}`);
  });

  it('is a header that the app has set', () => {
    expect(reason(API, [API], { headers: { authorization: 'Basic x' } })).toBe(
      'header was there already: Authorization',
    );
    expect(reason(API, [{ url: API, headerName: 'X-Token' }], { headers: { 'x-token': 'x' } })).toBe(
      'header was there already: X-Token',
    );
  });

  it('is a rule that keeps tokens away', () => {
    expect(reason(`${API}/public/a`, [API, { url: `${API}/public`, attach: false }])).toBe(
      'a rule with attach: false covers it',
    );
  });

  it('is that no function selected it, or that there are no rules', () => {
    expect(reason(API, [() => false])).toBe('no function in attachTo selected it');
    expect(reason(API, [])).toBe('there are no rules');
  });

  it('is the server, where nothing is attached', () => {
    const asked = new HttpRequest('GET', '/api');

    expect(missReason(asked, { options: { attachTo: [API] }, baseUrl: undefined })).toBe('on a server');
  });

  it('is the origin, if the tokens are on a server', () => {
    const asked = new HttpRequest('GET', 'https://other.example.com');

    expect(missReason(asked, { baseUrl: ORIGIN, ownOrigin: ORIGIN })).toBe(
      `another origin than ${ORIGIN}, which alone gets the header`,
    );
  });

  it('is the header of the app, if the tokens are on a server', () => {
    const asked = new HttpRequest('GET', '/api');

    expect(missReason(asked, { baseUrl: ORIGIN, ownOrigin: ORIGIN })).toBe('the header was there already');
  });
});

describe('the rule that matched', () => {
  const plan = {
    tokenUse: 'access',
    headerName: 'Authorization',
    headerValue: (token: string) => token,
    anonymous: true,
    retryOnUnauthorized: true,
  } as const;

  it('is shown as the app wrote it', () => {
    const isOrders = () => true;

    expect(ruleText({ ...plan, rule: '/api' })).toBe('/api');
    expect(ruleText({ ...plan, rule: { url: API, methods: ['GET', 'PUT'] } })).toBe(`GET PUT ${API}`);
    expect(ruleText({ ...plan, rule: isOrders })).toBe('function isOrders');
    expect(ruleText(plan)).toBe('requests to this origin');
  });
});
