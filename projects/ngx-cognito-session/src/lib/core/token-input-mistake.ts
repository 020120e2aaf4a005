const TOKENS = 'Pass the AuthenticationResult of Cognito, or the answer of the token endpoint.';

/** What apps pass to `setTokens` in place of tokens, with the message of development. */
export const TOKEN_INPUT_MISTAKES = {
  missing: `setTokens received undefined or null. ${TOKENS} Cognito returns none while it asks for a further step.`,
  challenge:
    'setTokens received a challenge of Cognito, not tokens. Answer it with RespondToAuthChallenge and pass the AuthenticationResult of that answer.',
  wholeAnswer: 'setTokens received a whole answer of Cognito. Pass its AuthenticationResult.',
  idTokenOnly: `setTokens received an ID token only. The access token is needed. ${TOKENS}`,
  amplifySession: `setTokens received the result of fetchAuthSession() of Amplify. Its tokens are objects, and there is no refresh token. ${TOKENS}`,
  other: `setTokens received neither an access token nor a refresh token. ${TOKENS}`,
} as const;

export type TokenInputMistake = keyof typeof TOKEN_INPUT_MISTAKES;

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
