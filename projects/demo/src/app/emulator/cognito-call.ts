/** A call that the local Cognito received, without its tokens. */
export interface CognitoCall {
  /** 1 for the first call. */
  readonly number: number;
  /** Such as `GetTokensFromRefreshToken`. */
  readonly operation: string;
  /** Arrival by the clock of the local Cognito as it is set now, epoch milliseconds. */
  readonly at: number;
  /** The end, by that clock as it was set then. */
  readonly endedAt: number | null;
  readonly status: number | null;
  readonly errorType: string | null;
  /** Whether the connection broke before the answer. */
  readonly isLost: boolean;
  /** The fault that was injected. */
  readonly fault: string | null;
}
