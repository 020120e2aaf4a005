import { FetchError } from 'aws-jwt-verify/error';
import { SimplePenaltyBox } from 'aws-jwt-verify/jwk';
import { defer, finalize, firstValueFrom, timeout, type SchedulerLike } from 'rxjs';

/** One request for keys. */
const LIMIT_MS = 5000;

/** Fetches the keys of a user pool. A page that does not have the key of a token fetches them again, at most every 10 s. */
export class PoolKeys {
  /** Keeps tokens with invented keys from causing a request each. */
  readonly penaltyBox = new SimplePenaltyBox();
  #cached: string | null = null;
  #isFirst = true;

  constructor(
    private readonly send: typeof fetch,
    private readonly scheduler: SchedulerLike,
  ) {}

  /** Rejects with `FetchError`. */
  async fetch(url: string): Promise<ArrayBuffer> {
    this.#cached = this.#isFirst ? url : null;
    const cache = this.#isFirst ? 'default' : 'reload';
    this.#isFirst = false;
    const abort = new AbortController();
    const { signal } = abort;
    const answer$ = defer(() => this.#load(url, { cache, credentials: 'omit', signal })).pipe(
      // A `fetch` of the app may ignore the signal.
      timeout({ first: LIMIT_MS, scheduler: this.scheduler }),
      finalize(() => abort.abort()),
    );
    try {
      return await firstValueFrom(answer$);
    } catch (error) {
      throw error instanceof FetchError ? error : new FetchError(url, error);
    }
  }

  /** Whether the HTTP cache of the browser may have given the last keys. Then they may be fetched again at once. */
  mayBeOld(): boolean {
    const url = this.#cached;
    if (url === null) return false;
    this.#cached = null;
    this.penaltyBox.release(url);
    return true;
  }

  async #load(url: string, init: RequestInit): Promise<ArrayBuffer> {
    const response = await this.send(url, init);
    if (!response.ok) throw new FetchError(url, `status ${response.status}`);
    return response.arrayBuffer();
  }
}
