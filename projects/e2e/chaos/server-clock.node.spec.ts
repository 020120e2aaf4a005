import { ServerClock } from './server-clock';

describe('the clock of the emulator', () => {
  beforeEach(() => jest.useFakeTimers({ now: 1000 }));
  afterEach(() => jest.useRealTimers());

  it('traces each of its times to the real one', () => {
    const clock = new ServerClock();
    jest.setSystemTime(2000);
    clock.advance(500);
    jest.setSystemTime(3000);
    clock.advance(10_000);

    expect(clock.now()).toBe(13_500);
    expect([1500, 2600, 13_500].map((at) => clock.realTimeOf(at))).toEqual([1500, 2100, 3000]);
    expect([1500, 2100, 3000].map((at) => clock.serverTimeAt(at))).toEqual([1500, 2600, 13_500]);
  });

  it('does not go back, which would make its times ambiguous', () => {
    expect(() => new ServerClock().advance(-1)).toThrow('forward');
  });
});
