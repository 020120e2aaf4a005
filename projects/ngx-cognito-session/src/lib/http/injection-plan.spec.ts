import { HttpRequest } from '@angular/common/http';
import { thrownBy } from '../../../testing-support/held-sessions';
import { compileRules, overridePlan, planInjection, type InjectionPlan } from './injection-plan';
import type { TokenInjectionOptions, TokenRule } from './token-rule';

const BASE = 'https://app.example.com/';
const ORIGIN = 'https://app.example.com';
const API = 'https://api.example.com';

function get(url: string, params: Record<string, string> = {}): HttpRequest<unknown> {
  return new HttpRequest('GET', url, null, { params: new HttpRequest('GET', url).params.appendAll(params) });
}

function plan(
  attachTo: TokenInjectionOptions['attachTo'],
  request: HttpRequest<unknown>,
  options: Partial<TokenInjectionOptions> = {},
): InjectionPlan | null {
  return planInjection(compileRules({ attachTo, ...options }, ORIGIN), request, BASE, (error) => {
    throw error;
  });
}

describe('which requests get a token', () => {
  it('is none by default', () => {
    expect(plan([], get('/api'))).toBeNull();
  });

  it.each<readonly [string, TokenInjectionOptions['attachTo'], string, boolean]>([
    ['a text is a URL', ['/api'], '/api/x', true],
    ['a text is a URL', ['/api'], '/x', false],
    ['a rule has a URL', [{ url: API }], `${API}/x`, true],
    ['a rule has a URL', [{ url: API }], 'https://evil.test/x', false],
    ['one of many is enough', ['/a', { url: API }, '/api'], '/api', true],
    [
      'deny rules count first, wherever they stand',
      ['/api', { url: '/api/public', attach: false }],
      '/api/public/x',
      false,
    ],
    [
      'deny rules count first, wherever they stand',
      [{ url: '/api/public', attach: false }, '/api'],
      '/api/public',
      false,
    ],
    [
      'deny rules deny what they name alone',
      [{ url: '/api/public', attach: false }, '/api'],
      '/api/publicity',
      true,
    ],
    ['deny rules attach nothing', [{ url: '/api', attach: false }], '/other', false],
    ['deny rules stop predicates, too', [() => true, { url: '/api', attach: false }], '/api', false],
    ['a predicate decides', [(request) => request.url.endsWith('.json')], '/data.json', true],
    ['a predicate decides', [(request) => request.url.endsWith('.json')], '/data.xml', false],
  ])('%s: %j, %s: %p', (_, attachTo, url, expected) => {
    expect(plan(attachTo, get(url)) !== null).toBe(expected);
  });

  it.each([
    [['GET', 'post'], 'GET', true],
    [['GET', 'post'], 'POST', true],
    [['get'], 'GET', true],
    [['GET'], 'DELETE', false],
    [[], 'GET', false],
    [undefined, 'PATCH', true],
  ])('depends on the method if a rule names some: %j, %s: %p', (methods, method, expected) => {
    const rule: TokenRule = { url: '/api', ...(methods !== undefined && { methods }) };

    expect(plan([rule], new HttpRequest(method, '/api', null)) !== null).toBe(expected);
  });

  it('depends on the method of deny rules, too', () => {
    const attachTo: TokenInjectionOptions['attachTo'] = [
      '/api',
      { url: '/api', attach: false, methods: ['DELETE'] },
    ];

    expect(plan(attachTo, get('/api'))).not.toBeNull();
    expect(plan(attachTo, new HttpRequest('DELETE', '/api'))).toBeNull();
  });

  it.each([
    'http://api.example.com/x',
    'https://user@api.example.com',
    '/x/..%2fy',
    'blob:https://api.example.com/1',
    'https://[',
  ])('is not for a predicate to say where none may go: %s', (url) => {
    let asked = 0;
    const always = () => {
      asked++;
      return true;
    };

    expect(plan([always], get(url))).toBeNull();
    expect(asked).toBe(0);
  });

  it.each([
    '/api/%70ublic',
    '/api/%2570ublic/x',
    '/api//public',
    '/api%2fpublic',
    '/API/public',
    '/api;x=1/public',
  ])('is not to be had by writing a denied path in another way: %s', (url) => {
    expect(plan(['/', { url: '/api/public', attach: false }], get(url))).toBeNull();
  });

  it('never includes JSONP', () => {
    expect(plan([() => true, '/'], new HttpRequest('JSONP', '/api'))).toBeNull();
  });

  it('means by "this origin" the page, not the base of its URLs', () => {
    const rules = compileRules({ attachTo: ['/api'] }, ORIGIN);
    const ask = (url: string, base: string) => planInjection(rules, get(url), base, () => {});

    expect(ask('/api', 'https://evil.test/')).toBeNull();
    expect(ask('api', `${ORIGIN}/shop/`)).toBeNull();
    expect(ask('../api', `${ORIGIN}/shop/`)).not.toBeNull();
    expect(ask(`${ORIGIN}/api`, 'https://evil.test/')).not.toBeNull();
  });

  it('looks at the URL with its parameters, and is not fooled by them', () => {
    expect(plan(['/api'], get('/other', { next: '/../api' }))).toBeNull();
    expect(plan(['/api'], get('/api', { next: 'https://evil.test/' }))).not.toBeNull();
  });

  it.each([
    [undefined, /^NCS114: withTokenInjection: attachTo is undefined\./],
    ['/api', /^withTokenInjection: attachTo is wrong\.$/],
    [['/api', undefined], /^NCS114: withTokenInjection: attachTo\[1\] is undefined\..*NCS114\.md$/],
    [[{ url: undefined }], /^NCS114: withTokenInjection: attachTo\[0\] is undefined\./],
    [[''], /^NCS114: withTokenInjection: attachTo\[0\] is the text ''\./],
    [['undefined'], /^NCS114: .*attachTo\[0\] is the text 'undefined'\./],
    [[null], /^withTokenInjection: attachTo\[0\] is wrong\.$/],
    [[7], /^withTokenInjection: attachTo\[0\] is wrong\.$/],
  ])('names what is wrong with attachTo: %j', (attachTo, message) => {
    const options = { attachTo } as unknown as TokenInjectionOptions;

    expect(() => compileRules(options, 'https://app.example.com')).toThrow(
      expect.objectContaining({ code: 'invalidConfiguration', message: expect.stringMatching(message) }),
    );
  });

  it.each(['//api.example.com', 'http://api.example.com', 'api'])('refuses the malformed rule %s', (url) => {
    for (const rule of [url, { url }, { url, attach: false as const }])
      expect(thrownBy(() => compileRules({ attachTo: [rule] }, ORIGIN))).toMatchObject({
        code: 'invalidConfiguration',
      });
  });

  it('gives none, and tells of it, if a predicate throws, whatever stands behind it', () => {
    const failure = new Error('broken');
    const broken = () => {
      throw failure;
    };
    const told: unknown[] = [];
    const rules = compileRules({ attachTo: [broken, '/api'] }, ORIGIN);

    expect(planInjection(rules, get('/api'), BASE, (error) => told.push(error))).toBeNull();

    expect(told).toEqual([failure]);
  });

  it('does not ask a predicate behind a rule that matches', () => {
    const broken = () => {
      throw new Error('broken');
    };

    expect(plan(['/api', broken], get('/api'))).not.toBeNull();
  });
});

describe('what a request gets', () => {
  const text = (prefix: string) => (token: string) => `${prefix} ${token}`;

  it('is the access token as a bearer token by default', () => {
    const made = plan(['/api'], get('/api'));

    expect(made).toMatchObject({ tokenUse: 'access', headerName: 'Authorization', anonymous: true });
    expect(made?.headerValue('T')).toBe('Bearer T');
  });

  it('is what the options say for all rules', () => {
    const options = { tokenUse: 'id', headerName: 'X-Token', headerValue: text('All') } as const;
    for (const rule of ['/api', { url: '/api' }, () => true]) {
      const made = plan([rule], get('/api'), options);

      expect(made).toMatchObject({ tokenUse: 'id', headerName: 'X-Token' });
      expect(made?.headerValue('T')).toBe('All T');
    }
  });

  it('names the rule that made it, as the app wrote it', () => {
    const rule = { url: '/api/b' };
    const selected = () => true;

    expect(plan(['/api/a', rule], get('/api/a'))?.rule).toBe('/api/a');
    expect(plan(['/api/a', rule], get('/api/b'), { tokenUse: 'id' })?.rule).toBe(rule);
    expect(plan(['/api/a', selected], get('/api/b'))?.rule).toBe(selected);
  });

  it('is what its rule says before that', () => {
    const rule: TokenRule = {
      url: '/api',
      tokenUse: 'access',
      headerName: 'X-Own',
      headerValue: text('Own'),
      anonymous: false,
    };

    const made = plan([rule], get('/api'), {
      tokenUse: 'id',
      headerName: 'X-Token',
      headerValue: text('All'),
    });

    expect(made).toMatchObject({ tokenUse: 'access', headerName: 'X-Own', anonymous: false });
    expect(made?.headerValue('T')).toBe('Own T');
  });

  it('is what the first rule that matches says', () => {
    const attachTo = [
      { url: '/other', headerName: 'X-Zero' },
      { url: '/api/v2', headerName: 'X-One' },
      { url: '/api', headerName: 'X-Two' },
      { url: '/api/v3', headerName: 'X-Three' },
    ];

    expect(plan(attachTo, get('/api/v2'))?.headerName).toBe('X-One');
    expect(plan(attachTo, get('/api/v3'))?.headerName).toBe('X-Two');
  });
});

describe('on a server', () => {
  function onServer(
    attachTo: TokenInjectionOptions['attachTo'],
    request: HttpRequest<unknown>,
  ): InjectionPlan | null {
    return planInjection(compileRules({ attachTo }, null), request, undefined, (error) => {
      throw error;
    });
  }
  const allowed: TokenRule = { url: `${API}/v1`, onServer: true, headerName: 'X-Server' };

  it('only rules that are meant for it attach', () => {
    expect(onServer([allowed], get(`${API}/v1/x`))?.headerName).toBe('X-Server');
    expect(onServer([`${API}/v1`, '/v1', () => true], get(`${API}/v1/x`))).toBeNull();
    expect(onServer([{ url: `${API}/v1`, onServer: false }], get(`${API}/v1/x`))).toBeNull();
  });

  it('rules that are not meant for it do not stand in the way', () => {
    expect(onServer([`${API}/v1`, () => true, allowed], get(`${API}/v1/x`))?.headerName).toBe('X-Server');
  });

  it.each(['/v1/x', 'v1/x', '//api.example.com/v1/x', ''])('relative requests get nothing: %s', (url) => {
    expect(onServer([allowed], get(url))).toBeNull();
  });

  it('all rules count that keep tokens away, and those of this origin for any', () => {
    expect(onServer([allowed, { url: `${API}/v1/x`, attach: false }], get(`${API}/v1/x`))).toBeNull();
    expect(onServer([allowed, { url: '/v1/x', attach: false }], get(`${API}/v1/x/y`))).toBeNull();
    expect(onServer([allowed, { url: '/v1/x', attach: false }], get(`${API}/v1/y`))).not.toBeNull();
  });

  it.each([ORIGIN, null])('a rule for it must be absolute, which is said everywhere: %p', (origin) => {
    expect(
      thrownBy(() => compileRules({ attachTo: [{ url: '/api', onServer: true }] }, origin)),
    ).toMatchObject({ code: 'invalidConfiguration' });
  });
});

describe('what is said about one request', () => {
  const base = plan([{ url: '/api', anonymous: false }], get('/api'), { retryOnUnauthorized: false });

  it('goes before its rule', () => {
    const headerValue = (token: string) => token;
    const own = { tokenUse: 'id', headerName: 'X-Own', headerValue, retryOnUnauthorized: true } as const;

    expect(base && overridePlan(base, own)).toMatchObject({ ...own, anonymous: false });
  });

  it('leaves the rest as the rule has it', () => {
    const nothing = { tokenUse: undefined, headerName: undefined, retryOnUnauthorized: undefined };

    expect(base && overridePlan(base, nothing)).toEqual(base);
    expect(base?.retryOnUnauthorized).toBe(false);
  });
});
