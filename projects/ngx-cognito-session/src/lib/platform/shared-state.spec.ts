import { NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom, take, toArray, type Observable } from 'rxjs';
import { SharedState } from './shared-state';

interface Weather {
  readonly sky: string | undefined;
  readonly degrees: number;
}

function weather(sky: string | undefined, degrees = 20): SharedState<Weather> {
  return new SharedState({ sky, degrees }, TestBed.inject(NgZone));
}

const skyOf = ({ sky }: Weather) => sky;
const degreesOf = ({ degrees }: Weather) => degrees;

function collect<T>(stream: Observable<T>): T[] {
  const seen: T[] = [];
  stream.subscribe((value) => seen.push(value));
  return seen;
}

describe('a part of a shared state', () => {
  it('is replayed to a late subscriber, then emitted when it changes', () => {
    const state = weather('clear');
    const sky$ = state.stream(skyOf);
    state.next({ sky: 'cloudy', degrees: 20 });

    const seen = collect(sky$);
    state.next({ sky: 'cloudy', degrees: 21 });
    state.next({ sky: 'clear', degrees: 21 });

    expect(seen).toEqual(['cloudy', 'clear']);
  });

  it('is silent while it is not known, and then tells each subscriber what it does not know yet', () => {
    const state = weather('clear');
    const sky$ = state.stream(skyOf);
    const early = collect(sky$);
    state.next({ sky: undefined, degrees: 20 });
    const late = collect(sky$);
    expect(late).toEqual([]);

    state.next({ sky: 'clear', degrees: 20 });

    expect(early).toEqual(['clear']);
    expect(late).toEqual(['clear']);
  });

  it.each(['sky first', 'degrees first'])(
    'is as new as the others for a subscriber that looks: %s',
    (order) => {
      const state = weather('clear');
      const streams: [Observable<unknown>, Observable<unknown>] = [
        state.stream(skyOf),
        state.stream(degreesOf),
      ];
      if (order !== 'sky first') streams.reverse();
      const [asked$, other$] = streams;
      const looks: unknown[][] = [];
      other$.subscribe();
      asked$.pipe(take(2)).subscribe(() => looks.push(collect(other$)));

      state.next({ sky: 'cloudy', degrees: 10 });

      const [before, now] = order === 'sky first' ? [20, 10] : ['clear', 'cloudy'];
      // The one of the first look has followed.
      expect(looks).toEqual([[before, now], [now]]);
    },
  );

  it('is in its signal before any subscriber is called', () => {
    const state = weather('clear');
    const seen: unknown[] = [];
    const sky$ = state.stream(skyOf);
    const degrees = state.signal(degreesOf);
    sky$.subscribe(() => seen.push(degrees()));

    state.next({ sky: 'cloudy', degrees: 10 });

    expect(seen).toEqual([20, 10]);
  });

  it('reaches a subscriber that causes the next state while it is told of the last', () => {
    const state = weather('clear');
    const seen: string[] = [];
    state.stream(skyOf).subscribe((sky) => {
      if (sky === 'clear') state.next({ sky: 'cloudy', degrees: 20 });
      seen.push(sky);
    });

    expect(seen).toEqual(['cloudy', 'clear']);
  });

  it('does not reach a subscriber that another one has sent away', () => {
    const state = weather('clear');
    const sky$ = state.stream(skyOf);
    sky$.subscribe((sky) => {
      if (sky === 'cloudy') second.unsubscribe();
    });
    const seen: string[] = [];
    const second = sky$.subscribe((sky) => seen.push(sky));

    state.next({ sky: 'cloudy', degrees: 20 });

    expect(seen).toEqual(['clear']);
  });

  it('completes with the state, and has nothing for those who come later', async () => {
    const state = weather('clear');
    const sky$ = state.stream(skyOf);
    const early = firstValueFrom(sky$.pipe(toArray()));

    state.complete();

    expect(await early).toEqual(['clear']);
    expect(await firstValueFrom(sky$.pipe(toArray()))).toEqual([]);
  });
});
