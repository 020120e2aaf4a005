import { shortToken } from './short-token';

describe('shortToken', () => {
  it('keeps what tells two tokens apart, and nothing that opens anything', () => {
    expect(shortToken('Bearer eyJhbGciOi.payload.signature123456')).toBe('eyJ…123456');
  });

  it('knows a request without a token', () => {
    expect(shortToken(null)).toBeNull();
  });
});
