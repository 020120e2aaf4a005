import { unwrapRefreshToken, wrapRefreshToken } from './refresh-token-as-jwt';

describe('a refresh token that can be read as a JWT', () => {
  it('comes back as Cognito has given it', () => {
    const { refresh_token: wrapped } = JSON.parse(
      wrapRefreshToken('{"refresh_token":"eyJ.opaque+/=","expires_in":1}'),
    );

    expect(wrapped).toMatch(/^[\w-]+\.[\w-]+\.$/);
    expect(
      unwrapRefreshToken(`client_id=a&${new URLSearchParams({ refresh_token: wrapped }).toString()}`),
    ).toBe('client_id=a&refresh_token=eyJ.opaque%2B%2F%3D');
  });

  it('is not added to an answer or a call without one', () => {
    expect(wrapRefreshToken('{"error":"invalid_grant"}')).toBe('{"error":"invalid_grant"}');
    expect(unwrapRefreshToken('code=1')).toBe('code=1');
  });
});
