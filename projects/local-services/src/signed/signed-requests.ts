import { claimedAccessKeyId, type Judgement, type SignatureVerdict } from './judge-request';
import type { ReceivedRequest } from './received-request';

/** One request for a signed endpoint. It holds no secret key, no session token and no signature. */
export interface SignedRequestRecord {
  readonly number: number;
  /** By the emulator's clock, epoch milliseconds. */
  readonly at: number;
  readonly method: string;
  /** Percent-encoded, without the query. */
  readonly path: string;
  readonly status: number;
  readonly verdict: SignatureVerdict;
  /** The key id that the request names, be it true or not. */
  readonly accessKeyId: string | null;
  /** Who the request was from; null unless the signature was accepted. */
  readonly identityId: string | null;
  readonly roleArn: string | null;
}

/** The requests of one signed endpoint, in the order in which they were answered. */
export class SignedRequests {
  private records: SignedRequestRecord[] = [];
  private waiters: ((record: SignedRequestRecord) => void)[] = [];
  private lastNumber = 0;

  all(): readonly SignedRequestRecord[] {
    return this.records;
  }

  /** Waits for the next request that is answered after now. */
  next(): Promise<SignedRequestRecord> {
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  clear(): void {
    this.records = [];
  }

  add(request: ReceivedRequest, judgement: Judgement, answered: { status: number; at: number }): void {
    const credentials = judgement.verdict === 'accepted' ? judgement.credentials : null;
    const record: SignedRequestRecord = {
      number: ++this.lastNumber,
      at: answered.at,
      method: request.method,
      path: request.path,
      status: answered.status,
      verdict: judgement.verdict,
      accessKeyId: claimedAccessKeyId(request),
      identityId: credentials?.identityId ?? null,
      roleArn: credentials?.roleArn ?? null,
    };
    this.records = [...this.records, record];
    const waiting = this.waiters;
    this.waiters = [];
    for (const resolve of waiting) resolve(record);
  }
}
