interface Request {
  readonly name: string;
  readonly mode: LockMode;
  readonly callback: (lock: Lock | null) => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

type Granted = Omit<Request, 'callback'>;

/**
 * The Web Locks of one origin, as their specification says: one queue per name, in order; exclusive or shared; a lock is
 * held until the callback's promise has settled. `steal` and `query` are left out.
 *
 * @see https://w3c.github.io/web-locks/#algorithms
 */
export class FakeLockManager implements LockManager {
  private held: Granted[] = [];
  private queue: Request[] = [];

  request<T>(name: string, callback: LockGrantedCallback<T>): Promise<T>;
  request<T>(name: string, options: LockOptions, callback: LockGrantedCallback<T>): Promise<T>;
  request<T>(
    name: string,
    ...[first, second]: [LockGrantedCallback<T>] | [LockOptions, LockGrantedCallback<T>]
  ): Promise<T> {
    const callback = typeof first === 'function' ? first : second;
    const {
      mode = 'exclusive',
      ifAvailable = false,
      signal,
    }: LockOptions = typeof first === 'function' ? {} : first;
    if (callback === undefined) throw new TypeError('A callback is needed.');
    if (ifAvailable && signal !== undefined)
      return Promise.reject(new DOMException('ifAvailable with a signal', 'NotSupportedError'));
    if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
    return new Promise<unknown>((resolve, reject) => {
      const request: Request = { name, mode, callback: callback, resolve, reject };
      // Another task: nothing is granted while the caller still runs.
      this.later(() => {
        if (signal?.aborted === true) return;
        if (this.isGrantable(request)) this.grant(request);
        else if (ifAvailable) void this.run(request, null);
        else this.queue.push(request);
      });
      signal?.addEventListener('abort', () => {
        // A lock that is held stays held.
        if (this.held.includes(request)) return;
        this.queue = this.queue.filter((other) => other !== request);
        reject(signal.reason as Error);
        this.later(() => this.process());
      });
    }) as Promise<T>;
  }

  query(): Promise<LockManagerSnapshot> {
    const info = ({ name, mode }: Granted): LockInfo => ({ name, mode });
    return Promise.resolve({ held: this.held.map(info), pending: this.queue.map(info) });
  }

  private isGrantable({ name, mode }: Granted): boolean {
    if (this.queue.some((other) => other.name === name)) return false;
    return this.isCompatible(name, mode);
  }

  private isCompatible(name: string, mode: LockMode): boolean {
    const holders = this.held.filter((other) => other.name === name);
    return mode === 'exclusive' ? holders.length === 0 : holders.every((other) => other.mode === 'shared');
  }

  private grant(request: Request): void {
    this.held.push(request);
    void this.run(request, { name: request.name, mode: request.mode }).then(() => {
      this.held = this.held.filter((other) => other !== request);
      this.process();
    });
  }

  private async run({ callback, resolve, reject }: Request, lock: Lock | null): Promise<void> {
    try {
      resolve(await callback(lock));
    } catch (error) {
      reject(error);
    }
  }

  private process(): void {
    for (const request of this.queue) {
      const isFirst = this.queue.find((other) => other.name === request.name) === request;
      if (!isFirst || !this.isCompatible(request.name, request.mode)) continue;
      this.queue = this.queue.filter((other) => other !== request);
      this.grant(request);
    }
  }

  private later(work: () => void): void {
    void Promise.resolve().then(work);
  }
}
