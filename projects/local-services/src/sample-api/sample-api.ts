import type { Clock, Emulator } from 'cognito-emulator';
import type { SignedRequestRecord } from '../signed/signed-requests';

/** Whose tokens the API accepts: those of an emulator, or of any user pool, a real one included. */
export type SampleApiConfig = { port?: number; host?: string } & (
  | { emulator: Emulator; clientId?: string }
  | {
      userPoolId: string;
      clientId: string;
      /** Where the keys are; default: the pool's own https address. */
      jwksUrl?: string;
      clock?: Clock;
    }
);

/** Why a request was answered as it was. */
export type VerificationVerdict =
  'valid' | 'noToken' | 'malformed' | 'expired' | 'notYetValid' | 'invalid' | 'rejectedOnPurpose';

/** One request for a protected resource. */
export interface ApiRequestRecord {
  readonly number: number;
  /** By the API's clock, epoch milliseconds. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly verdict: VerificationVerdict;
  /** Whether the token was valid by the API's clock, whatever was answered. */
  readonly wasTokenValid: boolean;
  readonly accessToken: string | null;
  readonly sub: string | null;
}

/** A protected API that believes nothing it has not verified. */
export interface SampleApi {
  /** `http://127.0.0.1:<port>`; the resources are `GET /api/hello` and, with an emulator, everything below `/signed/`. */
  readonly url: string;
  readonly port: number;
  /** All requests for protected resources, in the order of arrival. */
  readonly requests: readonly ApiRequestRecord[];
  /** Answers the next `count` requests that carry a valid token with 401. */
  rejectNext(count?: number): void;
  /** Waits for the next request that arrives after now. */
  nextRequest(): Promise<ApiRequestRecord>;
  /** All requests below `/signed/`. */
  readonly signedRequests: readonly SignedRequestRecord[];
  /** Waits for the next request below `/signed/` that is answered after now. */
  nextSignedRequest(): Promise<SignedRequestRecord>;
  /** Forgets the requests of both kinds. */
  clearRequests(): void;
  close(): Promise<void>;
}
