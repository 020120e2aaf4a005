import { MemorySessionStore } from '../store/memory-session-store';
import { createServerSessions } from '../create-server-sessions';
import { resolveOptions } from './resolve-options';
import { systemNow } from '../platform/system-clock';
import { waitFor } from '../platform/wait-for';
import type { ServerSessionsOptions } from './server-sessions-options';

const good = (): ServerSessionsOptions => ({
  store: new MemorySessionStore(),
  userPoolId: 'eu-west-1_AbCdEf123',
  clientId: 'web',
  appOrigin: 'https://app.example.com',
  environment: {},
});
const key = 'A'.repeat(43);
const storeOfMethods = () => {
  const none = () => Promise.resolve(null);
  return { read: none, create: none, update: none, delete: none, list: () => Promise.resolve([]) };
};

describe('the options', () => {
  it('become times in milliseconds, names with their prefix and lists', () => {
    const options = {
      ...good(),
      domain: 'login.example.com',
      basePath: '/api/auth',
      endpoint: 'https://cognito-proxy.example.com',
      idleTimeoutSeconds: 600,
      refreshBufferSeconds: 30,
      rotationGraceSeconds: 20,
      masterKey: key,
      jwks: { keys: [] },
    };

    expect(resolveOptions(options)).toMatchObject({
      domain: 'https://login.example.com',
      cookieName: '__Host-session',
      isSecure: true,
      basePath: '/api/auth',
      endpoint: 'https://cognito-proxy.example.com',
      keysUrl: 'https://cognito-proxy.example.com/eu-west-1_AbCdEf123/.well-known/jwks.json',
      idleMs: 600_000,
      bufferMs: 30_000,
      graceMs: 20_000,
      masterKeys: [key],
      jwks: { keys: [] },
    });
    expect(resolveOptions({ ...options, masterKey: [key, key] }).masterKeys).toEqual([key, key]);
  });

  it('have defaults', () => {
    expect(resolveOptions(good())).toMatchObject({
      clientSecrets: [],
      domain: null,
      logoutUri: 'https://app.example.com/',
      sameSite: 'Lax',
      refreshTokenValidityDays: 30,
      idleMs: null,
      bufferMs: 60_000,
      graceMs: 0,
      masterKeys: [],
      keysUrl: null,
      jwks: null,
      now: systemNow,
      wait: waitFor,
    });
  });

  it('count an empty variable as missing', () => {
    const environment = { AWS_REGION: '', USER_POOL_DOMAIN: '', CLIENT_SECRET: '' };

    expect(resolveOptions({ ...good(), environment })).toMatchObject({
      endpoint: 'https://cognito-idp.eu-west-1.amazonaws.com/',
      domain: null,
      clientSecrets: [],
    });
  });

  it('of time, waiting and fetch are those of the caller', async () => {
    const own = {
      now: () => 7,
      wait: () => Promise.resolve(),
      fetch: () => Promise.resolve(new Response('x')),
    };

    expect(resolveOptions({ ...good(), ...own })).toMatchObject(own);
    const answer = await resolveOptions(good()).fetch('data:text/plain,hello');
    expect(await answer.text()).toBe('hello');
  });

  it.each<[string, string, object]>([
    ['store', 'is missing', { store: undefined }],
    ['store', 'has no method update', { store: { ...storeOfMethods(), update: undefined } }],
    ['userPoolId', 'is missing, and so is the environment variable USER_POOL_ID', { userPoolId: undefined }],
    ['userPoolId', 'is malformed', { userPoolId: 'no pool' }],
    ['clientId', 'is missing, and so is the environment variable CLIENT_ID', { clientId: '' }],
    ['clientId', 'is malformed', { clientId: 'two words' }],
    ['clientSecret', 'must be one secret, or two', { clientSecret: ['a', 'b', 'c'] }],
    ['clientSecret', 'must be one secret, or two', { clientSecret: '' }],
    ['appOrigin', 'is missing', { appOrigin: undefined }],
    ['appOrigin', 'must begin with https://', { appOrigin: 'http://app.example.com' }],
    [
      'appOrigin',
      'is not an origin such as https://app.example.com',
      { appOrigin: 'https://app.example.com/x' },
    ],
    ['domain', 'must begin with https://', { domain: 'http://login.example.com' }],
    [
      'domain',
      'is not an origin such as https://app.example.com',
      { domain: 'https://a:b@login.example.com' },
    ],
    ['region', 'is malformed', { region: 'eu west' }],
    ['basePath', 'must be a path such as /auth, without a / at its end', { basePath: 'auth' }],
    ['basePath', 'must be a path such as /auth, without a / at its end', { basePath: '/' }],
    [
      'basePath',
      'must be a path such as /auth, without a / at its end',
      { basePath: 'https://x.example/auth' },
    ],
    ['basePath', 'must be a path such as /auth, without a / at its end', { basePath: '/auth/' }],
    ['userPoolId', 'is malformed', { userPoolId: 'x eu-west-1_AbCdEf123' }],
    ['userPoolId', 'is malformed', { userPoolId: 'eu-west-1_AbCdEf123/x' }],
    ['appOrigin', 'is missing', { appOrigin: '' }],
    ['appOrigin', 'is not an origin such as https://app.example.com', { appOrigin: 'nonsense' }],
    ['apiOrigins', 'must begin with https://', { development: true, apiOrigins: ['ftp://api.example.com'] }],
    ['scopes', 'must be a list of scopes', { scopes: ['openid', ''] }],
    ['logger', 'must have the methods warn and error', { logger: { error: () => undefined } }],
    ['logoutUri', 'is not an absolute URL', { logoutUri: '/' }],
    ['cookieName', 'must consist of letters, digits, _ and -', { cookieName: 'a;b' }],
    ['sameSite', 'must be Lax or Strict', { sameSite: 'None' }],
    [
      'apiOrigins',
      'is not an origin such as https://app.example.com',
      { apiOrigins: ['https://api.example.com/v1'] },
    ],
    ['apiOrigins', 'must begin with https://', { apiOrigins: ['http://api.example.com'] }],
    ['scopes', 'must be a list of scopes', { scopes: ['openid email'] }],
    ['scopes', 'must be a list of scopes', { scopes: [] }],
    ['endpoint', 'is not a URL that begins with https://', { endpoint: 'cognito' }],
    ['endpoint', 'is not a URL that begins with https://', { endpoint: 'http://cognito.example.com' }],
    ['jwks', 'must be { keys: […] }', { jwks: [] }],
    ['logger', 'must have the methods warn and error', { logger: { warn: () => undefined } }],
    ['refreshTokenValidityDays', 'must be above 0, and 3650 at most', { refreshTokenValidityDays: 0 }],
    ['refreshTokenValidityDays', 'must be above 0, and 3650 at most', { refreshTokenValidityDays: 1e9 }],
    ['refreshTokenValidityDays', 'is not a number', { refreshTokenValidityDays: NaN }],
    ['idleTimeoutSeconds', 'is not a number', { idleTimeoutSeconds: Infinity }],
    ['basePath', 'must be a path such as /auth, without a / at its end', { basePath: '/..' }],
    ['basePath', 'must be a path such as /auth, without a / at its end', { basePath: '/api/./auth' }],
    [
      'domain',
      'is not a whole domain such as my-prefix.auth.eu-west-1.amazoncognito.com',
      { domain: 'my-prefix' },
    ],
    ['clientSecret', 'must be one secret, or two', { clientSecret: [] }],
    ['clientSecret', 'must be one secret, or two', { clientSecret: 5 }],
    ['masterKey', 'must be 32 bytes in base64url without padding, or two of them', { masterKey: [] }],
    ['masterKey', 'must be 32 bytes in base64url without padding, or two of them', { masterKey: 5 }],
    ['scopes', 'must be a list of scopes', { scopes: 'openid email' }],
    ['scopes', 'must be a list of scopes', { scopes: ['openid', 5] }],
    ['apiOrigins', 'must be a list of origins', { apiOrigins: 'https://api.example.com' }],
    ['apiOrigins', 'must be a list of origins', { apiOrigins: [5] }],
    ['development', 'must be true or false', { development: 'false' }],
    ['development', 'must be true or false', { development: null }],
    ['store', 'is not a session store', { store: null }],
    ['logger', 'must have the methods warn and error', { logger: null }],
    ['jwks', 'must be { keys: […] }', { jwks: null }],
    ['environment', 'is not an object', { environment: null }],
    ...(['now', 'wait', 'fetch'] as const).map(
      (field) => [field, 'is not a function', { [field]: 1 }] as [string, string, object],
    ),
    ...(
      [
        'userPoolId',
        'clientId',
        'domain',
        'appOrigin',
        'region',
        'basePath',
        'logoutUri',
        'cookieName',
        'sameSite',
        'refreshOperation',
        'endpoint',
      ] as const
    ).flatMap((field) =>
      [5, null].map((value) => [field, 'is not a string', { [field]: value }] as [string, string, object]),
    ),
    ...(['idleTimeoutSeconds', 'refreshBufferSeconds', 'rotationGraceSeconds'] as const).map(
      (field) => [field, 'is not a number', { [field]: '700' }] as [string, string, object],
    ),
    ['idleTimeoutSeconds', 'must be 600 or more', { idleTimeoutSeconds: 599 }],
    ['refreshBufferSeconds', 'is not a number of zero or more', { refreshBufferSeconds: -1 }],
    ['rotationGraceSeconds', 'is not a number of zero or more', { rotationGraceSeconds: -1 }],
    ['refreshOperation', 'must be GetTokensFromRefreshToken or InitiateAuth', { refreshOperation: 'x' }],
    ['masterKey', 'must be 32 bytes in base64url without padding, or two of them', { masterKey: 'short' }],
    [
      'masterKey',
      'must be 32 bytes in base64url without padding, or two of them',
      { masterKey: [key, key, key] },
    ],
  ])('%s that %s is refused by its name', (field, problem, change) => {
    const options = { ...good(), ...change };

    expect(() => createServerSessions(options)).toThrow(
      expect.objectContaining({ name: 'ConfigurationError', field, message: `${field} ${problem}.` }),
    );
  });

  it('come from the environment as well', () => {
    const resolved = resolveOptions({
      store: good().store,
      environment: {
        USER_POOL_ID: 'eu-west-1_AbCdEf123',
        CLIENT_ID: 'web',
        CLIENT_SECRET: 'one two',
        USER_POOL_DOMAIN: 'login.example.com',
        APP_ORIGIN: 'https://app.example.com/',
        AWS_REGION: 'eu-central-1',
      },
    });

    expect(resolved).toMatchObject({
      userPoolId: 'eu-west-1_AbCdEf123',
      clientId: 'web',
      clientSecrets: ['one', 'two'],
      domain: 'https://login.example.com',
      appOrigin: 'https://app.example.com',
      endpoint: 'https://cognito-idp.eu-central-1.amazonaws.com/',
    });
  });

  it('win over the environment', () => {
    const environment = { CLIENT_ID: 'other', AWS_REGION: 'us-east-1' };

    expect(resolveOptions({ ...good(), region: 'eu-west-1', environment })).toMatchObject({
      clientId: 'web',
      endpoint: 'https://cognito-idp.eu-west-1.amazonaws.com/',
    });
  });

  it.each([
    [{ endpoint: 'http://127.0.0.1:9229' }],
    [{ endpoint: 'http://[::1]:9229/' }],
    [{ apiOrigins: ['http://localhost:3000', 'https://api.example.com'] }],
  ])('allow plain http to this machine: %j', (change) => {
    expect(() => resolveOptions({ ...good(), ...change })).not.toThrow();
  });

  it('look for keys below an endpoint with a path', () => {
    expect(resolveOptions({ ...good(), endpoint: 'https://proxy.example.com/cognito/' }).keysUrl).toBe(
      'https://proxy.example.com/cognito/eu-west-1_AbCdEf123/.well-known/jwks.json',
    );
  });

  it('take the region of the user pool if the environment has none', () => {
    expect(resolveOptions(good()).endpoint).toBe('https://cognito-idp.eu-west-1.amazonaws.com/');
  });
});

describe('the development mode', () => {
  it('allows plain http, with a cookie of another name', () => {
    const options = { ...good(), development: true, appOrigin: 'http://localhost:4200' };

    expect(resolveOptions(options)).toMatchObject({ cookieName: 'dev-session', isSecure: false });
  });

  it('is refused on AWS Lambda, whatever variables the app passes', () => {
    const options = good();
    process.env['AWS_LAMBDA_FUNCTION_NAME'] = 'app';
    try {
      expect(() => resolveOptions({ ...options, store: storeOfMethods(), development: true })).toThrow(
        /^development is refused/,
      );
    } finally {
      Reflect.deleteProperty(process.env, 'AWS_LAMBDA_FUNCTION_NAME');
    }
  });

  it('allows plain http to the APIs of an internal network', () => {
    const options = { ...good(), development: true, apiOrigins: ['http://orders.internal'] };

    expect(resolveOptions(options).apiOrigins).toEqual(['http://orders.internal']);
  });

  it.each([
    { NODE_ENV: 'production' },
    { AWS_LAMBDA_FUNCTION_NAME: 'app' },
    { LAMBDA_TASK_ROOT: '/var/task' },
  ])('is refused with %j', (environment) => {
    expect(() => resolveOptions({ ...good(), development: true, environment })).toThrow(
      /^development is refused/,
    );
  });
});

describe('MemorySessionStore', () => {
  const names = ['NODE_ENV', 'AWS_LAMBDA_FUNCTION_NAME', 'LAMBDA_TASK_ROOT'];
  const before = names.map((name) => [name, process.env[name]] as const);
  afterEach(() => {
    for (const [name, value] of before)
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
  });

  it.each([
    ['NODE_ENV', 'production'],
    ['AWS_LAMBDA_FUNCTION_NAME', 'app'],
    ['LAMBDA_TASK_ROOT', '/var/task'],
  ])('is refused with %s=%s', (name, value) => {
    for (const each of names) Reflect.deleteProperty(process.env, each);
    process.env[name] = value;

    expect(() => new MemorySessionStore()).toThrow(/^store must not be a MemorySessionStore/);
  });
});
