import { HttpRequest } from '@angular/common/http';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readTable } from '../../../testing-support/markdown-table';
import { BRIEF_WAIT_MS, UNAUTHORIZED_PAUSE_MS } from '../config/numbers';
import { REFUSAL_READ_MS, RESTORE_WAIT_MS, SECOND_MS } from '../config/numbers';
import { compileRules, planInjection } from './injection-plan';

const PAGE = readFileSync(resolve('projects/docs/reference/http.md'), 'utf8');
const ORIGIN = 'https://app.example.com';
const cases = readTable(PAGE, 'Which requests').map(
  ([rule = '', request = '', says = '']) =>
    [rule.replaceAll('`', ''), request.replaceAll('`', ''), says] as const,
);

describe('the page about HTTP', () => {
  it.each(cases)('says of the rule %s and the request %s what is true: %s', (rule, request, says) => {
    const rules = compileRules({ attachTo: [rule] }, ORIGIN);
    const plan = planInjection(rules, new HttpRequest('GET', request), `${ORIGIN}/`, (error) => {
      throw error;
    });

    expect(plan === null ? 'no' : 'yes').toBe(says);
  });

  it('says of both answers', () => {
    expect(new Set(cases.map(([, , says]) => says))).toEqual(new Set(['yes', 'no']));
  });

  it.each([
    ['waits at most # s for it', BRIEF_WAIT_MS],
    ['waits at most # s, then fails with `restoreTimeout`', RESTORE_WAIT_MS],
    ['a token obtained that way causes none for # s', UNAUTHORIZED_PAUSE_MS],
    ['is read for at most # s', REFUSAL_READ_MS],
  ])('has its numbers from the code: %s', (text, ms) => {
    expect(PAGE.replace(/\s+/g, ' ')).toContain(text.replace('#', String(ms / SECOND_MS)));
  });

  it('names the defaults of the code', () => {
    const attached = compileRules({ attachTo: ['/api'] }, ORIGIN).rules[0]?.plan;
    const said = new Map(
      readTable(PAGE, 'What they get').map(([name = '', value = '']) => [name.replaceAll('`', ''), value]),
    );

    expect(said.get('tokenUse')).toBe(`\`'${String(attached?.tokenUse)}'\``);
    expect(said.get('headerName')).toBe(`\`'${String(attached?.headerName)}'\``);
    expect(said.get('headerValue')).toContain(attached?.headerValue('${token}'));
    expect(said.get('retryOnUnauthorized')).toBe(`\`${String(attached?.retryOnUnauthorized)}\``);
    expect(said.get('anonymous')).toBe(`\`${String(attached?.anonymous)}\``);
  });
});
