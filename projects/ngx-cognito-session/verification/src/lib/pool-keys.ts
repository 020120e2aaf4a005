import { FetchError } from 'aws-jwt-verify/error';
import { SimplePenaltyBox } from 'aws-jwt-verify/jwk';
import { defer, finalize, firstValueFrom, timeout, type SchedulerLike } from 'rxjs';

/** One request for keys. */
const LIMIT_MS = 5000;

/** Fetches the keys of a user pool. A page that does not have the key of a token fetches them again, at most every 10 s. */
export class PoolKeys {
  /** Keeps tokens with invented keys from causing a request each. */
  readonly penaltyBox = new SimplePenaltyBox();
  readonly #asked = new Set<string>();
  /** Whether all keys so far may have come from the HTTP cache of the browser. */
  mayBeOld = true;

  constructor(
    private readonly send: typeof fetch,
    private readonly scheduler: SchedulerLike,
  ) {}

  /** Rejects with `FetchError`. */
  async fetch(url: string): Promise<ArrayBuffer> {
    if (this.#asked.size > 0) this.mayBeOld = false;
    this.#asked.add(url);
    const cache = this.mayBeOld ? 'default' : 'reload';
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

  /** Keys may be fetched again at once. */
  allowRequest(): void {
    for (const url of this.#asked) this.penaltyBox.release(url);
  }

  async #load(url: string, init: RequestInit): Promise<ArrayBuffer> {
    const response = await this.send(url, init);
    if (!response.ok) throw new FetchError(url, `status ${response.status}`);
    return response.arrayBuffer();
  }
}
