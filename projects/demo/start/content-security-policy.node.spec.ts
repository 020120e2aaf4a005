import { contentSecurityPolicy } from './content-security-policy';

const pool = { region: 'eu-west-1', userPoolId: 'eu-west-1_Example01', clientId: '1example23456789' };

describe('contentSecurityPolicy', () => {
  it('allows scripts of the page alone, and styles with the nonce', () => {
    const policy = contentSecurityPolicy(pool, 'abc');

    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self' 'nonce-abc';");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("require-trusted-types-for 'script'");
  });

  it('allows calls to the services of the configuration', () => {
    const policy = contentSecurityPolicy(
      {
        ...pool,
        apiUrl: 'http://127.0.0.1:8080/v1',
        managedLogin: { domain: 'demo.auth.eu-west-1.amazoncognito.com' },
        aws: { identityPoolId: 'eu-west-1:1', guests: false, bucket: 'files' },
      },
      'abc',
    );

    for (const origin of [
      'https://cognito-idp.eu-west-1.amazonaws.com',
      'http://127.0.0.1:8080',
      'http://localhost:8080',
      'https://demo.auth.eu-west-1.amazoncognito.com',
      'https://cognito-identity.eu-west-1.amazonaws.com',
      'https://files.s3.eu-west-1.amazonaws.com',
    ])
      expect(policy).toMatch(new RegExp(`connect-src [^;]*${origin}`));
  });
});
