import { HttpClient, HttpResponse, type HttpInterceptorFn } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom, Observable, of } from 'rxjs';
import { HOUR, REFRESH } from '../../../testing-support/emulated-app';
import { httpScene } from '../../../testing-support/http-scene';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { SESSION_CLOCK, sessionInterceptor } from '../../public-api';

interface Made {
  /** Operators applied: each is an observable with its closures, and a subscriber. */
  readonly operators: number;
  readonly subscriptions: number;
}

/** Calls `counted` whenever a method of observables is called; gives back what ends that. */
function countCalls(method: 'lift' | 'subscribe', counted: () => void): () => void {
  const original: unknown = Reflect.get(Observable.prototype, method);
  if (typeof original !== 'function') throw new Error(`Observables have no method ${method}.`);
  const value = function (this: unknown, ...args: unknown[]): unknown {
    counted();
    return Reflect.apply(original, this, args);
  };
  return replaceProperty(Observable.prototype, method, { value, writable: true });
}

/** The observables that are made in a task: unlike time, they are the same on every machine. */
function madeBy(work: () => unknown): Made {
  let [operators, subscriptions] = [0, 0];
  const undo = [countCalls('lift', () => operators++), countCalls('subscribe', () => subscriptions++)];
  try {
    work();
  } finally {
    for (const restore of undo) restore();
  }
  return { operators, subscriptions };
}

describe('the work of a call', () => {
  const scene = httpScene();
  const unsent: HttpInterceptorFn = () => of(new HttpResponse());

  it('for a valid token is one subscription, that of the caller', async () => {
    const { session } = await scene.signedIn();
    let token = '';

    const made = madeBy(() => session.getAccessToken().subscribe((value) => (token = value)));

    expect(token).not.toBe('');
    expect(made).toEqual({ operators: 0, subscriptions: 1 });
  });

  it('for a thousand callers reads the monotonic clock once, with a valid token and while they wait', async () => {
    const { session } = await scene.signedIn();
    const readings = jest.spyOn(TestBed.inject(SESSION_CLOCK), 'monotonic');
    const ask = () => {
      readings.mockClear();
      for (let caller = 0; caller < 1000; caller++) session.getAccessToken().subscribe();
      return readings.mock.calls.length;
    };

    expect(ask()).toBeLessThanOrEqual(1);

    scene.app.time.sleep(2 * HOUR);
    const first = firstValueFrom(session.getAccessToken());
    expect(ask()).toBe(0);
    await first;
  });

  it('for a request is a few observables more than without the interceptor', async () => {
    await scene.signedIn({ interceptors: [sessionInterceptor, unsent], injection: { attachTo: ['/api'] } });
    const http = TestBed.inject(HttpClient);
    const cost = (url: string) => madeBy(() => http.get(url).subscribe());

    const [bare, authorized] = [cost('/other'), cost('/api/x')];

    expect(authorized.operators - bare.operators).toBeLessThanOrEqual(2);
    expect(authorized.subscriptions - bare.subscriptions).toBeLessThanOrEqual(4);
  });

  it('for a caller who joins others that wait is one subscription, that of the caller', async () => {
    const { session } = await scene.signedIn();
    scene.app.time.sleep(2 * HOUR);
    const barrier = scene.app.emulator.hold(REFRESH);
    const first = firstValueFrom(session.getAccessToken());
    await barrier.arrived(1);
    const tokens: string[] = [];

    const made = madeBy(() => {
      for (let caller = 0; caller < 1000; caller++)
        session.getAccessToken().subscribe((token) => tokens.push(token));
    });
    await barrier.open();

    expect(made).toEqual({ operators: 0, subscriptions: 1000 });
    expect(await first).toBe(tokens.at(-1));
    expect(tokens).toHaveLength(1000);
  });
});
