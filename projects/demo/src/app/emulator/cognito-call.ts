/** A call that the local Cognito received, without its tokens. */
export interface CognitoCall {
  /** 1 for the first call. */
  readonly number: number;
  /** Such as `GetTokensFromRefreshToken`. */
  readonly operation: string;
  /** Arrival and end by the clock of the local Cognito, epoch milliseconds. */
  readonly at: number;
  readonly endedAt: number | null;
  readonly status: number | null;
  readonly errorType: string | null;
  /** Whether the connection broke before the answer. */
  readonly isLost: boolean;
  /** The fault that was injected. */
  readonly fault: string | null;
}
