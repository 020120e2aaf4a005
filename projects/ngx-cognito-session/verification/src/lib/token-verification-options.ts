/** Where the public keys of the user pool come from. */
export interface TokenVerificationOptions {
  /**
   * The keys, `{ keys: […] }`, if your app has them already: then a stored session is verified without a request. A token that
   * none of them has signed causes one. Default: fetched with the first token.
   */
  readonly jwks?: { readonly keys: readonly object[] };
  /**
   * Fetches the keys from `https://cognito-idp.<region>.amazonaws.com/<userPoolId>/.well-known/jwks.json`, or from the host
   * `issuer-cognito-idp…` for pools with updated issuers. For a proxy or a local Cognito, send the request elsewhere. Default:
   * the global `fetch`.
   */
  readonly fetch?: typeof fetch;
}
