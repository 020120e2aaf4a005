import { findTokenInputMistake, isTokenInputMessage, tokenInputMessage } from './token-input-mistake';

const JWT_OBJECT = { payload: { sub: 'a1b2' }, toString: () => 'eyJ.eyJ.sig' };

describe('findTokenInputMistake', () => {
  it.each<[string, unknown]>([
    ['missing', undefined],
    ['missing', null],
    ['challenge', { $metadata: {}, ChallengeName: 'SMS_MFA', Session: 's', AuthenticationResult: undefined }],
    ['wholeAnswer', { $metadata: {}, AuthenticationResult: { AccessToken: 'A' }, ChallengeParameters: {} }],
    ['idTokenOnly', { IdToken: 'I' }],
    ['idTokenOnly', { id_token: 'I', token_type: 'Bearer' }],
    ['idTokenOnly', { idToken: 'I', accessToken: '' }],
    [
      'amplifySession',
      { tokens: { accessToken: JWT_OBJECT, idToken: JWT_OBJECT }, credentials: {}, userSub: 'a1b2' },
    ],
    ['amplifySession', { tokens: undefined, credentials: {}, identityId: 'eu-west-1:1', userSub: undefined }],
    ['amplifySession', { accessToken: JWT_OBJECT, idToken: JWT_OBJECT }],
    ['other', 'eyJ.eyJ.sig'],
    ['other', {}],
    ['other', []],
    ['other', { accessToken: null }],
  ])('finds %s in %j', (mistake, input) => {
    expect(findTokenInputMistake(input)).toBe(mistake);
  });

  it('is told from other messages', () => {
    expect(isTokenInputMessage(tokenInputMessage('idTokenOnly'))).toBe(true);
    expect(isTokenInputMessage('The user is not signed in.')).toBe(false);
  });
});
