/** The tokens in a request or in an answer. */
export interface TokensSeen {
  /** An access token. */
  readonly access?: string;
  /** An ID token. */
  readonly id?: string;
  /** A refresh token. */
  readonly refresh?: string;
}

/** `reset`: the connection was cut, by a fault or by the caller. */
export type CallOutcome = 'pending' | 'answered' | 'reset';

/** One call as the emulator saw it. Never changes: the log replaces it as the call goes on. */
export interface CallRecord {
  /** 1 for the first call. */
  readonly number: number;
  /** `InitiateAuth`, `GetId`, `oauth2/token`, `jwks`… */
  readonly operation: string;
  /** The `X-Amz-Target` header, if it was one of the JSON operations. */
  readonly target: string | null;
  /** Arrival and end by the emulator's clock, epoch milliseconds. */
  readonly at: number;
  /** The end by the emulator’s clock; null while the call goes on. */
  readonly endedAt: number | null;
  /** What became of the call. */
  readonly outcome: CallOutcome;
  /** Whether the operation was carried out; true with outcome `reset` means that the answer was lost after commit. */
  readonly isProcessed: boolean;
  /** Null as long as no answer has gone out in full. */
  readonly status: number | null;
  /** The exception name of an answered error. */
  readonly errorType: string | null;
  /** The app client that the call named. */
  readonly clientId: string | null;
  /** `ClientMetadata` of the call. */
  readonly clientMetadata: Readonly<Record<string, string>>;
  /** The query of the address: what managed login was asked for. Nothing of the body. */
  readonly query: Readonly<Record<string, string>>;
  /** What was submitted; `refresh` also for the `Token` of a revocation. */
  readonly tokensIn: TokensSeen;
  /** What was answered, or would have been had the answer not been lost. */
  readonly tokensOut: TokensSeen;
  /** The identity that the call named, and the one in its answer, had it not been lost: two for a guest that was merged. */
  readonly identityIn: string | null;
  /** The identity in its answer, had it not been lost. */
  readonly identityOut: string | null;
  /** The keys of its `Logins`. */
  readonly logins: readonly string[];
  /** `amz-sdk-invocation-id`: the same for all tries of one `send` of the AWS SDK. */
  readonly sdkInvocationId: string | null;
  /** The `Origin` header: which page it was. */
  readonly origin: string | null;
  /** The kind of the injected fault, if there was one. */
  readonly fault: string | null;
}
