import { VirtualTimeScheduler } from 'rxjs';
import { HeldStorage } from '../../../testing-support/counting-storage';
import { ManualTime } from '../../../testing-support/manual-time';
import { marbles } from '../../../testing-support/marbles';
import { SessionError } from '../errors/session-error';
import { STORAGE_LIMIT_MS } from '../config/numbers';
import { limited, storageCall } from './storage-call';
import type { StorageAdapter } from './storage-adapter';

/** What an observable says, in order. */
function record(source: ReturnType<typeof storageCall<unknown>>): unknown[] {
  const said: unknown[] = [];
  source.subscribe({
    next: (value) => said.push(value),
    error: (error: unknown) => said.push(error),
    complete: () => said.push('complete'),
  });
  return said;
}

/** Everything that is due in this task's promises. */
const settle = (): Promise<void> => new Promise((resolve) => queueMicrotask(() => queueMicrotask(resolve)));

describe('a call of a storage', () => {
  let time: ManualTime;

  beforeEach(() => {
    time = new ManualTime();
  });

  it('answers in the same task if the adapter does', () => {
    const said = record(storageCall(() => 'value'));

    expect(said).toEqual(['value', 'complete']);
  });

  it('is cold', () => {
    let calls = 0;
    const call = storageCall(() => ++calls);

    expect(calls).toBe(0);
    record(call);
    record(call);
    expect(calls).toBe(2);
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new DOMException('Access is denied.', 'SecurityError');
      },
    ],
    ['rejects', () => Promise.reject(new DOMException('Access is denied.', 'SecurityError'))],
  ])('errors with storageError when the adapter %s', async (_, call) => {
    const said = record(storageCall(call));
    await settle();

    expect(said).toMatchObject([
      { name: 'SessionError', code: 'storageError', retryable: true, cause: { name: 'SecurityError' } },
    ]);
  });

  it.each<[string, (error: SessionError) => unknown]>([
    [
      'throws',
      (error) => {
        throw error;
      },
    ],
    ['rejects', (error) => Promise.reject(error)],
  ])('passes on an error of the library that the adapter %s', async (_, fail) => {
    const error = new SessionError('storageError', 'A value takes 13000 bytes of cookies; at most 12288.');
    const said = record(storageCall(() => fail(error)));
    await settle();

    expect(said).toEqual([error]);
    expect(said[0]).toBe(error);
  });

  it('treats every value with a `then` as a promise', async () => {
    const thenable: PromiseLike<string> = Promise.resolve('value');
    const said = record(storageCall(() => ({ then: thenable.then.bind(thenable) })));
    await settle();

    expect(said).toContain('value');
  });

  it.each<keyof StorageAdapter & ('getItem' | 'setItem' | 'removeItem')>([
    'getItem',
    'setItem',
    'removeItem',
  ])('gives up a %s that is never answered after 2 s, not before', (method) => {
    const storage = new HeldStorage();
    storage.hold();
    const said = record(
      limited(
        storageCall<unknown>(() => storage[method]('key', 'value')),
        STORAGE_LIMIT_MS,
        time.scheduler,
      ),
    );

    time.advance(1999);
    expect(said).toEqual([]);
    time.advance(1);

    expect(said).toMatchObject([
      { code: 'storageError', message: 'The storage did not answer in time.', retryable: true },
    ]);
  });

  it('takes an answer that is slow but in time, and arms nothing afterwards', async () => {
    const storage = new HeldStorage();
    storage.inner.setItem('key', 'value');
    storage.hold();
    const said = record(
      limited(
        storageCall(() => storage.getItem('key')),
        STORAGE_LIMIT_MS,
        time.scheduler,
      ),
    );

    time.advance(1999);
    storage.release();
    await settle();

    expect(said).toEqual(['value', 'complete']);
    expect(time.armedTimers).toBe(0);
  });

  it('says nothing more when the answer comes after the limit; the write itself is not undone', async () => {
    const storage = new HeldStorage();
    storage.hold();
    const said = record(
      limited(
        storageCall(() => storage.setItem('key', 'value')),
        STORAGE_LIMIT_MS,
        time.scheduler,
      ),
    );
    time.advance(2000);

    storage.release();
    await settle();

    expect(said).toHaveLength(1);
    expect(storage.inner.getItem('key')).toBe('value');
  });

  it('arms no timer for an adapter that answers at once', () => {
    const scheduler = new VirtualTimeScheduler();

    record(
      limited(
        storageCall(() => 'value'),
        STORAGE_LIMIT_MS,
        scheduler,
      ),
    );

    expect(scheduler.actions).toEqual([]);
  });
});

describe('the limit of a call', () => {
  const TOO_LATE = new SessionError('storageError', 'The storage did not answer in time.');

  it.each([
    ['passes an answer in time on', '         -----(a|)  ', '-----(a|)  ', '^----!'],
    ['counts up to the first value only', '   --a- 1s b|', '  --a- 1s b|', ' ^--- 1001ms !'],
    ['passes a failure on', '                 ---#       ', '---#       ', '^--!'],
    ['lets an answer without value pass', '   ----|      ', '----|      ', '^---!'],
    ['leaves a call that never answers', '    ---        ', '10ms #     ', '^ 9ms !'],
    ['leaves a call that answers too late', ' 11ms (a|)  ', '10ms #     ', '^ 9ms !'],
  ])('%s', (_, source, expected, subscription) => {
    const scheduler = marbles();
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const isLate = expected.startsWith('10ms');
      const call = cold(source);

      expectObservable(limited(call, 10, scheduler)).toBe(expected, undefined, isLate ? TOO_LATE : 'error');
      expectSubscriptions(call.subscriptions).toBe(subscription);
    });
  });

  it('is over when the subscriber leaves, and counts anew for each subscriber', () => {
    const scheduler = marbles();
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const call = cold('-');
      const answer = limited(call, 10, scheduler);

      expectObservable(answer, '^--!').toBe('-');
      expectObservable(answer, '5ms ^').toBe('15ms #', undefined, TOO_LATE);
      expectSubscriptions(call.subscriptions).toBe(['^--!', '5ms ^ 9ms !']);
    });
  });
});
