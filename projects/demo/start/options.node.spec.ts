import { asksForHelp, readOptions, USAGE } from './options';

const pool = {
  COGNITO_REGION: 'eu-west-1',
  COGNITO_USER_POOL_ID: 'eu-west-1_Example01',
  COGNITO_CLIENT_ID: '1example23456789',
};

describe('readOptions', () => {
  it('has a default for everything', () => {
    expect(readOptions([], {})).toEqual({
      port: 4200,
      pool: { kind: 'emulator', tokenSeconds: 300 },
      build: true,
    });
  });

  it('prefers an argument to a variable', () => {
    const environment = { DEMO_PORT: '5000', DEMO_TOKEN_SECONDS: '60' };

    expect(readOptions([], environment)).toMatchObject({ port: 5000, pool: { tokenSeconds: 60 } });
    expect(readOptions(['--port', '6000', '--token-seconds', '30', '--no-build'], environment)).toEqual({
      port: 6000,
      pool: { kind: 'emulator', tokenSeconds: 30 },
      build: false,
    });
  });

  it('takes a user pool from the environment', () => {
    expect(readOptions([], pool).pool).toEqual({
      kind: 'userPool',
      region: 'eu-west-1',
      userPoolId: 'eu-west-1_Example01',
      clientId: '1example23456789',
    });
    expect(
      readOptions([], {
        ...pool,
        COGNITO_ENDPOINT: 'http://127.0.0.1:9229',
        DEMO_API_URL: 'https://api.test',
      }).pool,
    ).toMatchObject({ endpoint: 'http://127.0.0.1:9229', apiUrl: 'https://api.test' });
  });

  it('reads the user who can sign in to the user pool', () => {
    expect(readOptions([], { ...pool, COGNITO_USERNAME: 'bob' }).pool).toMatchObject({ username: 'bob' });
  });

  it('reads the domain of the user pool', () => {
    expect(readOptions([], { ...pool, COGNITO_DOMAIN: 'login.example.com' }).pool).toMatchObject({
      domain: 'login.example.com',
    });
  });

  it('reads the identity pool and the bucket of the user pool', () => {
    const aws = {
      COGNITO_IDENTITY_POOL_ID: 'eu-west-1:11111111-2222-4333-8444-555555555555',
      DEMO_BUCKET: 'b',
    };

    expect(readOptions([], { ...pool, ...aws }).pool).toMatchObject({
      identityPoolId: 'eu-west-1:11111111-2222-4333-8444-555555555555',
      bucket: 'b',
    });
  });

  it.each(['--help', '-h'])('takes %s as a question, not as a mistake', (option) => {
    expect(asksForHelp([option])).toBe(true);
    expect(asksForHelp(['--port', '4200'])).toBe(false);
  });

  it('names every option in its help', () => {
    for (const option of ['--port', '--token-seconds', '--no-build', '--help'])
      expect(USAGE).toContain(option);
  });

  it('takes an empty variable as none', () => {
    expect(readOptions([], { ...pool, COGNITO_ENDPOINT: '' }).pool).not.toHaveProperty('endpoint');
    expect(readOptions([], { COGNITO_REGION: '' }).pool.kind).toBe('emulator');
  });

  it('names what a half-named user pool lacks', () => {
    expect(() => readOptions([], { COGNITO_REGION: 'eu-west-1' })).toThrow(
      'COGNITO_USER_POOL_ID and COGNITO_CLIENT_ID',
    );
  });

  it.each([
    [['--port', '0'], {}],
    [['--port', 'many'], {}],
    [['--token-seconds', '1.5'], {}],
    [['--prot', '4200'], {}],
    [['4200'], {}],
    [[], { ...pool, COGNITO_ENDPOINT: 'localhost:9229' }],
  ])('refuses %j with %j', (args, environment) => {
    expect(() => readOptions(args, environment)).toThrow();
  });
});
