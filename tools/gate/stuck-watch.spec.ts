import { watchForStuck } from './stuck-watch';

let used: number | null;

const patience = { quietMs: 60_000, lookEveryMs: 10_000 };

function watch() {
  const onStuck = jest.fn();
  return { onStuck, ...watchForStuck(1, onStuck, patience, () => used) };
}

describe('watchForStuck', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    used = 5000;
  });
  afterEach(() => jest.useRealTimers());

  it('reports a program that prints nothing and uses no processor time', () => {
    const { onStuck, stop } = watch();

    jest.advanceTimersByTime(50_000);
    expect(onStuck).not.toHaveBeenCalled();
    jest.advanceTimersByTime(10_000);
    expect(onStuck).toHaveBeenCalledTimes(1);
    stop();
  });

  it('reports nothing while the program prints', () => {
    const { onStuck, heard, stop } = watch();

    for (let round = 0; round < 20; round++) {
      jest.advanceTimersByTime(50_000);
      heard();
    }

    expect(onStuck).not.toHaveBeenCalled();
    stop();
  });

  it('reports nothing while the program works, however slowly', () => {
    const { onStuck, stop } = watch();

    for (let ms = 5000; ms < 50_000; ms += 700) {
      used = ms;
      jest.advanceTimersByTime(50_000);
    }

    expect(onStuck).not.toHaveBeenCalled();
    stop();
  });

  it('reports a program that only keeps its timers going', () => {
    const { onStuck, stop } = watch();

    for (let ms = 5000; ms < 5060; ms += 10) {
      used = ms;
      jest.advanceTimersByTime(10_000);
    }

    expect(onStuck).toHaveBeenCalled();
    stop();
  });

  it('takes the end of a descendant for a sign of life', () => {
    const { onStuck, stop } = watch();
    jest.advanceTimersByTime(50_000);

    used = 1000;
    jest.advanceTimersByTime(50_000);

    expect(onStuck).not.toHaveBeenCalled();
    stop();
  });

  it('reports nothing where the processor time cannot be read', () => {
    used = null;
    const { onStuck, stop } = watch();

    jest.advanceTimersByTime(600_000);

    expect(onStuck).not.toHaveBeenCalled();
    stop();
  });
});
