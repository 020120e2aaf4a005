import { isDenied, nearestRule } from './nearest-rule';
import type { TokenInjectionOptions } from './token-rule';

const OWN = 'https://app.example.com';

function nearest(url: string, attachTo: TokenInjectionOptions['attachTo'], method = 'GET') {
  return nearestRule({ method, url: new URL(url, OWN) }, { attachTo }, OWN);
}

describe('the nearest rule', () => {
  it.each([
    ['https://api.example.com:8443/orders', 'https://api.example.com', ['port']],
    ['https://api.example.org/orders', 'https://api.example.com', ['host']],
    ['http://api.example.com/orders', 'https://api.example.com', ['scheme']],
    ['http://127.0.0.1:3000/api', 'http://localhost:3000/api', ['host']],
    ['https://api.example.com/v2/orders', 'https://api.example.com/v1', ['path']],
    ['https://api.example.com/v1orders', 'https://api.example.com/v1/', ['path']],
    ['/API/orders', '/api', ['path']],
    ['http://localhost:4200/rest', 'http://127.0.0.1:3000/api', ['host', 'port', 'path']],
  ])('of %s is %s, which differs in %j', (url, rule, differences) => {
    expect(nearest(url, [rule])).toEqual({
      url: rule,
      differences: expect.arrayContaining(differences) as unknown,
    });
    expect(nearest(url, [rule])?.differences).toHaveLength(differences.length);
  });

  it('differs in the method', () => {
    const rule = { url: '/api', methods: ['get', 'HEAD'] };

    expect(nearest('/api/x', [rule], 'POST')).toEqual({ url: '/api', differences: ['method'] });
    expect(nearest('/api/x', [rule], 'Get')).toEqual({ url: '/api', differences: [] });
  });

  it.each([
    ['the same host before the same path', 'https://b.test:1/api', 'https://b.test/x', 'https://a.test/api'],
    ['fewer differences before more', 'https://b.test/api', 'https://b.test:1/api', 'https://b.test:1/x'],
    ['the path that begins alike', 'https://b.test/api/v2/x', 'https://b.test/api/v1', 'https://b.test/z/v2'],
  ])('is that with %s', (_, url, wanted, other) => {
    expect(nearest(url, [other, wanted])?.url).toBe(wanted);
    expect(nearest(url, [wanted, other])?.url).toBe(wanted);
  });

  it('is none that keeps tokens away, and no function', () => {
    expect(nearest('/x', [{ url: '/api', attach: false }, () => false])).toBeNull();
  });
});

describe('a denied request', () => {
  it.each([
    ['/api/public/x', true],
    ['/api/private', false],
  ])('%s: %s', (url, denied) => {
    const attachTo = ['/api', { url: '/api/public', attach: false as const }];

    expect(isDenied({ method: 'GET', url: new URL(url, OWN) }, { attachTo }, OWN)).toBe(denied);
  });

  it.each([
    ['get', true],
    ['DELETE', false],
  ])('%s of a URL that a rule for GET keeps without a token: %s', (method, denied) => {
    const attachTo = [{ url: '/api', attach: false as const, methods: ['GET'] }];

    expect(isDenied({ method, url: new URL('/api/orders', OWN) }, { attachTo }, OWN)).toBe(denied);
  });
});
