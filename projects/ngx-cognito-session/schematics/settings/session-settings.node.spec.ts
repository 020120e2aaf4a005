import { NO_SETTINGS, sessionSettings } from './session-settings';

const settings = (options: object) => sessionSettings({ ...NO_SETTINGS, ...options });

describe('the settings of a session', () => {
  it('have the Region of the user pool', () => {
    expect(settings({ userPoolId: 'us-east-2_AbC' })).toMatchObject({ region: 'us-east-2' });
  });

  it('are rejected if Region and user pool contradict each other', () => {
    expect(() => settings({ userPoolId: 'us-east-2_AbC', region: 'eu-west-1' })).toThrow(
      'The user pool us-east-2_AbC is in us-east-2, and not in eu-west-1.',
    );
  });

  it('name every placeholder', () => {
    const { placeholders, ...values } = settings({ region: 'us-east-2' });

    expect(placeholders).toEqual([
      { name: 'userPoolId', value: 'us-east-2_YourUserPoolId' },
      { name: 'clientId', value: 'your-app-client-id' },
      { name: 'domain', value: 'your-domain.auth.us-east-2.amazoncognito.com' },
    ]);
    expect(values).toMatchObject(Object.fromEntries(placeholders.map(({ name, value }) => [name, value])));
  });

  it('have no placeholder for a value that is given', () => {
    const given = { userPoolId: 'eu-west-1_Your1', clientId: 'your-app', domain: 'your-domain.example.com' };

    expect(settings(given)).toMatchObject({ ...given, placeholders: [] });
  });

  it('are those of cognito-emulator at a local address', () => {
    expect(settings({ endpoint: 'http://127.0.0.1:9229/' })).toEqual({
      region: 'eu-west-1',
      userPoolId: 'eu-west-1_Emulator1',
      clientId: '1example23456789emulator01',
      domain: 'http://127.0.0.1:9229',
      endpoint: 'http://127.0.0.1:9229',
      apiUrls: [],
      rotationGraceSeconds: null,
      placeholders: [],
    });
  });

  it('keep a user pool of the user at a local address', () => {
    const given = { endpoint: 'http://127.0.0.1:9229', userPoolId: 'us-east-2_AbC', clientId: 'web' };

    expect(settings(given)).toMatchObject({
      userPoolId: 'us-east-2_AbC',
      clientId: 'web',
      region: 'us-east-2',
    });
  });

  it('name the domain without scheme and slash', () => {
    expect(settings({ domain: 'https://login.example.com/' })).toMatchObject({ domain: 'login.example.com' });
  });

  it.each([
    ['/api', ['/api']],
    ['/api, https://api.example.com', ['/api', 'https://api.example.com']],
    [
      ['https://a.example.com', 'https://b.example.com/v1'],
      ['https://a.example.com', 'https://b.example.com/v1'],
    ],
    ['', []],
  ])('have the APIs of %j', (apiUrl, apiUrls) => {
    expect(settings({ apiUrl })).toMatchObject({ apiUrls });
  });

  it.each(['api.example.com', '//api.example.com', 'ftp://api.example.com', 'https://', '/my api'])(
    'are rejected with the API %s',
    (apiUrl) => {
      expect(() => settings({ apiUrl })).toThrow(`The API ${apiUrl} is neither`);
    },
  );
});
