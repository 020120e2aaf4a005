import { codeOf, judge, scenarios } from './scenarios';

const [SCENARIO = { name: '', imports: {}, budget: { initial: 0, lazy: 0 } }] = scenarios;
const bytes = (gzip: number) => ({ raw: gzip * 3, gzip, brotli: gzip });

describe('the size of an app', () => {
  it.each([
    ['at its budget', 0, 0, true],
    ['one byte over it at first', 1, 0, false],
    ['one byte over it later', 0, 1, false],
  ])('%s', (_, initial, lazy, isWithin) => {
    const { budget } = SCENARIO;

    const verdict = judge(SCENARIO, {
      initial: bytes(budget.initial + initial),
      lazy: bytes(budget.lazy + lazy),
    });

    expect(verdict.isWithin).toBe(isWithin);
    expect(verdict.row.at(-1)).toBe(isWithin ? 'ok' : 'TOO BIG');
  });

  it('is that of code which uses all that it imports, from the file of each entry point', () => {
    const scenario = { name: 'x', imports: { '': ['a'], 'aws-sdk': ['b'] }, budget: SCENARIO.budget };

    expect(codeOf(scenario, '/dist').split('\n')).toEqual([
      "import { a } from '/dist/fesm2022/ngx-cognito-session.mjs';",
      "import { b } from '/dist/fesm2022/ngx-cognito-session-aws-sdk.mjs';",
      'console.log(a, b);',
    ]);
  });
});
