import { parseDemoConfig } from './demo-config';

const pool = { region: 'eu-west-1', userPoolId: 'eu-west-1_Example01', clientId: '1example23456789' };

describe('parseDemoConfig', () => {
  it('takes a pool without anything else', () => {
    expect(parseDemoConfig(pool)).toEqual(pool);
  });

  it('keeps what is optional and drops what it does not know', () => {
    const optional = {
      endpoint: 'http://127.0.0.1:9229',
      apiUrl: 'http://127.0.0.1:9230',
      seededUsers: [{ username: 'alice', password: 'secret', groups: ['admins'] }],
      managedLogin: { domain: 'login.example.com' },
      emulator: true,
      aws: {
        identityPoolId: 'eu-west-1:0000',
        identityEndpoint: 'http://127.0.0.1:9229',
        guests: true,
        bucket: 'files',
        s3Url: 'http://127.0.0.1:9231',
        signedApiUrl: 'http://127.0.0.1:9230',
      },
    };

    expect(parseDemoConfig({ ...pool, ...optional, colour: 'blue' })).toEqual({ ...pool, ...optional });
  });

  it.each([
    ['region', { ...pool, region: undefined }],
    ['clientId', { ...pool, clientId: '' }],
    ['userPoolId', { ...pool, userPoolId: 7 }],
    ['apiUrl', { ...pool, apiUrl: null }],
    ['password', { ...pool, seededUsers: [{ username: 'alice' }] }],
    ['domain', { ...pool, managedLogin: {} }],
    ['identityPoolId', { ...pool, aws: { guests: true } }],
    ['bucket', { ...pool, aws: { identityPoolId: 'eu-west-1:0000', bucket: '' } }],
    ['config.json', 'a page of a captive portal'],
  ])('names %s when it is wrong', (name, value) => {
    expect(() => parseDemoConfig(value)).toThrow(name);
  });
});
