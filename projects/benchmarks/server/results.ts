import type { Summary } from '../statistics';

/** Requests with a valid session. */
export interface RequestResult {
  readonly app: string;
  readonly perSecond: Summary;
  /** Processor time of the server per request, microseconds. */
  readonly cpuUs: Summary;
  /** What the browser sends with each request. */
  readonly cookieBytes: number;
}

/** Operations of DynamoDB for one request, in their order. */
export interface OperationResult {
  readonly request: string;
  readonly operations: readonly string[];
  /** Of `express-session` with `connect-dynamodb`. It has no refresh. */
  readonly peerOperations: readonly string[] | null;
}

/** Instances that all find the same session expired, with rotation and without a grace period. */
export interface InstancesResult {
  readonly instances: number;
  readonly refreshes: number;
  /** Instances that got no valid access token. */
  readonly withoutToken: number;
  readonly sessionsLost: number;
  /** Calls of instances that each refresh on their own, and how many of them Cognito refuses. */
  readonly byHand: { readonly refreshes: number; readonly refused: number };
}

export interface ServerResults {
  readonly date: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly requests: readonly RequestResult[];
  readonly operations: readonly OperationResult[];
  readonly instances: readonly InstancesResult[];
}
