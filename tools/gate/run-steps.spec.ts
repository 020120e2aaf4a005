import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { reports } from '../workspace';
import { runSteps } from './run-steps';
import type { Environment, Step, StepResult } from './step';

const step = (name: string, result: Partial<StepResult> = {}, change: Partial<Step> = {}): Step => ({
  name,
  needs: [],
  weight: 1,
  run: () => Promise.resolve({ ok: true, output: '', ...result }),
  ...change,
});

const statusesOf = async (steps: readonly Step[]) =>
  (await runSteps(steps, () => undefined)).map(({ name, status }) => `${name} ${status}`);

describe('runSteps', () => {
  it('goes on after a failure and blocks only what needs it', async () => {
    const steps = [
      step('build', { ok: false }),
      step('e2e', {}, { needs: ['build'] }),
      step('after', {}, { needs: ['e2e'] }),
      step('unit'),
    ];

    expect((await statusesOf(steps)).sort()).toEqual([
      'after blocked',
      'build failed',
      'e2e blocked',
      'unit passed',
    ]);
  });

  it('names the reason of a blocked step, not all of its needs', async () => {
    const lines: string[] = [];
    const steps = [
      step('build', { ok: false }),
      step('browser'),
      step('e2e', {}, { needs: ['build', 'browser'] }),
    ];

    await runSteps(steps, ({ step: { name }, output }) => lines.push(`${name} ${output}`.trim()));

    expect(lines).toContain('e2e needs build');
  });

  it('takes a step that throws as failed, with its reason', async () => {
    const outputs: string[] = [];
    const broken = step('broken', {}, { run: () => Promise.reject(new Error('no such tool')) });

    const outcomes = await runSteps([broken], ({ output }) => outputs.push(output));

    expect(outcomes).toMatchObject([{ name: 'broken', status: 'failed' }]);
    expect(outputs[0]).toContain('no such tool');
  });

  it('hands what one step found to those after it', async () => {
    const seen: Environment[] = [];
    const user = step(
      'user',
      {},
      {
        needs: ['browser'],
        run: (environment) => {
          seen.push(environment);
          return Promise.resolve({ ok: true, output: '' });
        },
      },
    );

    await runSteps([step('browser', { environment: { CHROMIUM_PATH: '/x' } }), user], () => undefined);

    expect(seen).toEqual([{ CHROMIUM_PATH: '/x' }]);
  });

  it('never runs another step beside a heavy one', async () => {
    const log: string[] = [];
    const logged = (name: string, weight: 1 | 2): Step =>
      step(
        name,
        {},
        {
          weight,
          run: async () => {
            log.push(`+${name}`);
            await new Promise(setImmediate);
            log.push(`-${name}`);
            return { ok: true, output: '' };
          },
        },
      );

    await runSteps([logged('a', 1), logged('heavy', 2), logged('b', 1)], () => undefined);

    expect(log).toEqual(['+a', '+b', '-a', '-b', '+heavy', '-heavy']);
  });

  it('does not take the report of an earlier run for a count', async () => {
    const file = resolve(reports, 'gate-spec.json');
    mkdirSync(reports, { recursive: true });
    writeFileSync(file, '{}');
    const runner = step(
      'unit',
      {},
      {
        report: { file: 'gate-spec.json', read: () => ({ passed: 1, failed: 0 }) },
      },
    );

    const outcomes = await runSteps([runner], () => undefined);

    expect(outcomes).toMatchObject([{ isRunner: true, count: null }]);
    expect(existsSync(file)).toBe(false);
  });

  it('reads the report that the runner left', async () => {
    const runner = step(
      'unit',
      {},
      {
        report: { file: 'gate-spec.json', read: (report) => report as { passed: number; failed: number } },
        run: () => {
          writeFileSync(resolve(reports, 'gate-spec.json'), '{ "passed": 4, "failed": 0 }');
          return Promise.resolve({ ok: true, output: '' });
        },
      },
    );

    const outcomes = await runSteps([runner], () => undefined);

    expect(outcomes).toMatchObject([{ count: { passed: 4, failed: 0 } }]);
  });

  it('takes what failed from the report, and goes on with one that cannot be read', async () => {
    const found: unknown[] = [];
    const runner = (content: string): Step =>
      step(
        'unit',
        { ok: false },
        {
          report: {
            file: 'gate-spec.json',
            read: () => ({ passed: 0, failed: 1 }),
            readFailed: (report) => [{ name: String(report), error: '' }],
          },
          run: () => {
            writeFileSync(resolve(reports, 'gate-spec.json'), content);
            return Promise.resolve({ ok: false, output: '' });
          },
        },
      );

    await runSteps([runner('"test"')], ({ failedTests }) => found.push(failedTests));
    await runSteps([runner('{')], ({ failedTests }) => found.push(failedTests));

    expect(found).toEqual([[{ name: 'test', error: '' }], []]);
  });
});
