import { presentTime } from './emulator-facade';

it('places a call by the clock as it is set now, however often it was set since', () => {
  const jumps = [
    { number: 3, ms: 300_000 },
    { number: 5, ms: 300_000 },
  ];

  const times = [2, 4, 6].map((number) => presentTime({ number, at: 1000 }, jumps));

  expect(times).toEqual([601_000, 301_000, 1000]);
});
