/** Rejects with a `SessionError`: `invalidToken` for forged tokens, another one if that could not be decided. */
export type Verify = (tokens: { readonly accessToken: string; readonly idToken?: string }) => Promise<void>;
