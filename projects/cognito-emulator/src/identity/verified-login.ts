/** One entry of `Logins` whose token was verified. */
export interface VerifiedLogin {
  /** The key of the entry, e.g. `cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123`. */
  readonly provider: string;
  readonly sub: string;
  readonly claims: Readonly<Record<string, unknown>>;
}
