import type { Bytes } from './measure';
import { codeOf, judge, scenarios, type Budget } from './scenarios';

const NOTHING: Budget = { gzip: 0, brotli: 0 };
const [SCENARIO = { name: '', imports: {}, parts: [], budget: { initial: NOTHING, lazy: NOTHING } }] =
  scenarios;

/** As much as the budget allows, and more of something. */
function bytes({ gzip, brotli }: Budget, more: Partial<Budget> = {}): Bytes {
  return { raw: gzip * 3, gzip: gzip + (more.gzip ?? 0), brotli: brotli + (more.brotli ?? 0) };
}

describe('the size of an app', () => {
  it.each<readonly [string, Partial<Budget>, Partial<Budget>, boolean]>([
    ['at its budget', {}, {}, true],
    ['one byte of gzip over it at first', { gzip: 1 }, {}, false],
    ['one byte of brotli over it at first', { brotli: 1 }, {}, false],
    ['one byte of gzip over it later', {}, { gzip: 1 }, false],
    ['one byte of brotli over it later', {}, { brotli: 1 }, false],
  ])('%s', (_, initial, lazy, isWithin) => {
    const { budget } = SCENARIO;

    const sizes = { initial: bytes(budget.initial, initial), lazy: bytes(budget.lazy, lazy) };
    const verdict = judge(SCENARIO, sizes, SCENARIO.parts);

    expect(verdict.isWithin).toBe(isWithin);
    expect(verdict.row.at(-1)).toBe(isWithin ? 'ok' : 'TOO BIG');
  });

  it('is not enough: the code must contain no part that the app does not use', () => {
    const { budget } = SCENARIO;
    const sizes = { initial: bytes(budget.initial), lazy: bytes(budget.lazy) };

    const verdict = judge(SCENARIO, sizes, ['cookies']);

    expect(verdict.isWithin).toBe(false);
    expect(verdict.row.at(-1)).toBe('unused: cookies');
  });

  it('is that of code which uses all that it imports, from the file of each entry point', () => {
    const scenario = {
      name: 'x',
      imports: { '': ['a'], 'aws-sdk': ['b'] },
      host: { '@angular/router': ['c'] },
      parts: [],
      budget: SCENARIO.budget,
    };

    expect(codeOf(scenario, '/dist').split('\n')).toEqual([
      "import { a } from '/dist/fesm2022/ngx-cognito-session.mjs';",
      "import { b } from '/dist/fesm2022/ngx-cognito-session-aws-sdk.mjs';",
      "import { c } from '@angular/router';",
      'console.log(a, b, c);',
    ]);
  });
});
