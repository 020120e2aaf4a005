const HEADER = segment({ alg: 'none' });

/** An answer of the token endpoint with a refresh token that can be read as a JWT: keycloak-js reads it. */
export function wrapRefreshToken(body: string): string {
  const answer = JSON.parse(body) as { readonly refresh_token?: string };
  const { refresh_token: token } = answer;
  if (token === undefined) return body;
  return JSON.stringify({ ...answer, refresh_token: `${HEADER}.${segment({ token })}.` });
}

/** The form of a call with the refresh token that Cognito has given. */
export function unwrapRefreshToken(form: string): string {
  const fields = new URLSearchParams(form);
  const payload = fields.get('refresh_token')?.split('.')[1];
  if (payload === undefined) return form;
  const { token } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { readonly token: string };
  fields.set('refresh_token', token);
  return fields.toString();
}

function segment(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
