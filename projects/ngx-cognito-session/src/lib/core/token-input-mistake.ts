/** What apps pass to `setTokens` in place of tokens. */
const RECEIVED = {
  missing: 'undefined or null. Cognito returns no tokens while it asks for a further step.',
  challenge: 'a challenge of Cognito, not tokens. Answer it with RespondToAuthChallenge.',
  wholeAnswer: 'a whole answer of Cognito, of which it needs a part.',
  idTokenOnly: 'an ID token only. It needs the access token.',
  amplifySession:
    'the result of fetchAuthSession() of Amplify. Its tokens are objects, and there is no refresh token.',
  other: 'neither an access token nor a refresh token.',
} as const;

export type TokenInputMistake = keyof typeof RECEIVED;

/** The message of development about it. Pure. */
export function tokenInputMessage(mistake: TokenInputMistake): string {
  return `setTokens received ${RECEIVED[mistake]} Pass the AuthenticationResult of Cognito, or the answer of the token endpoint.`;
}

/** Whether a message is one of these. Pure. */
export function isTokenInputMessage(message: string): boolean {
  return (Object.keys(RECEIVED) as TokenInputMistake[]).some(
    (mistake) => tokenInputMessage(mistake) === message,
  );
}

/** What it is that holds no token. For development only. Pure. */
export function findTokenInputMistake(input: unknown): TokenInputMistake {
  if (input === undefined || input === null) return 'missing';
  if (typeof input !== 'object') return 'other';
  const has = (name: string): boolean => {
    const value: unknown = Reflect.get(input, name);
    return value !== undefined && value !== null;
  };
  if (has('AuthenticationResult')) return 'wholeAnswer';
  if (has('ChallengeName')) return 'challenge';
  const isObject = (name: string): boolean => typeof Reflect.get(input, name) === 'object' && has(name);
  if (has('tokens') || has('identityId') || has('userSub') || isObject('accessToken'))
    return 'amplifySession';
  return ['idToken', 'IdToken', 'id_token'].some(has) ? 'idTokenOnly' : 'other';
}
