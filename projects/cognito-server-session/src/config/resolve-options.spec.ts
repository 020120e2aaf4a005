import { MemorySessionStore } from '../store/memory-session-store';
import { createServerSessions } from '../create-server-sessions';
import { resolveOptions } from './resolve-options';
import type { ServerSessionsOptions } from './server-sessions-options';

const good = (): ServerSessionsOptions => ({
  store: new MemorySessionStore(),
  userPoolId: 'eu-west-1_AbCdEf123',
  clientId: 'web',
  appOrigin: 'https://app.example.com',
  environment: {},
});
const key = 'A'.repeat(43);

describe('the options', () => {
  it.each<[string, string, object]>([
    ['store', 'is missing', { store: undefined }],
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
    ['basePath', 'must begin with / and have no / at its end', { basePath: 'auth' }],
    ['basePath', 'must begin with / and have no / at its end', { basePath: '/' }],
    ['logoutUri', 'is not an absolute URL', { logoutUri: '/' }],
    ['cookieName', 'must consist of letters, digits, _ and -', { cookieName: 'a;b' }],
    ['sameSite', 'must be Lax or Strict', { sameSite: 'None' }],
    [
      'apiOrigins',
      'is not an origin such as https://app.example.com',
      { apiOrigins: ['https://api.example.com/v1'] },
    ],
    ['refreshTokenValidityDays', 'is not a number above zero', { refreshTokenValidityDays: 0 }],
    ['idleTimeoutSeconds', 'must be 600 or more', { idleTimeoutSeconds: 599 }],
    ['refreshBufferSeconds', 'is not a number of zero or more', { refreshBufferSeconds: NaN }],
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

  it('take the region of the user pool if the environment has none', () => {
    expect(resolveOptions(good()).endpoint).toBe('https://cognito-idp.eu-west-1.amazonaws.com/');
  });
});

describe('the development mode', () => {
  it('allows plain http, with a cookie of another name', () => {
    const options = { ...good(), development: true, appOrigin: 'http://localhost:4200' };

    expect(resolveOptions(options)).toMatchObject({ cookieName: 'dev-session', isSecure: false });
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
  const names = ['NODE_ENV', 'AWS_LAMBDA_FUNCTION_NAME'];
  const before = names.map((name) => [name, process.env[name]] as const);
  afterEach(() => {
    for (const [name, value] of before)
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
  });

  it.each([
    ['NODE_ENV', 'production'],
    ['AWS_LAMBDA_FUNCTION_NAME', 'app'],
  ])('is refused with %s=%s', (name, value) => {
    process.env[name] = value;

    expect(() => new MemorySessionStore()).toThrow(/^store must not be a MemorySessionStore/);
  });
});
