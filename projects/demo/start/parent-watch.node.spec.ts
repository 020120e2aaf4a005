import { watchParent } from './parent-watch';

describe('watchParent', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('reports once that the parent has ended', () => {
    let parentId = 100;
    let reports = 0;
    watchParent(
      () => reports++,
      () => parentId,
    );

    jest.advanceTimersByTime(10_000);
    expect(reports).toBe(0);

    parentId = 1;
    jest.advanceTimersByTime(10_000);
    expect(reports).toBe(1);
  });
});
