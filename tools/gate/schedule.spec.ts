import { decide, type Status } from './schedule';

const steps = [
  { name: 'build', needs: [], weight: 1 },
  { name: 'format', needs: [], weight: 1 },
  { name: 'lint', needs: ['build'], weight: 1 },
  { name: 'e2e', needs: ['build'], weight: 2 },
] as const;

const decideFor = (known: Readonly<Record<string, Status>>) => {
  const { start, block } = decide(steps, (name) => known[name] ?? 'waiting');
  return { start: start.map(({ name }) => name), block: block.map(({ name }) => name) };
};

describe('decide', () => {
  it('starts as many steps as there are cores', () => {
    expect(decideFor({})).toEqual({ start: ['build', 'format'], block: [] });
  });

  it('waits for what a step needs', () => {
    expect(decideFor({ build: 'running', format: 'passed' })).toEqual({ start: [], block: [] });
  });

  it('keeps a heavy step until it is alone', () => {
    expect(decideFor({ build: 'passed', format: 'passed' })).toEqual({ start: ['lint'], block: [] });
    expect(decideFor({ build: 'passed', format: 'passed', lint: 'failed' }).start).toEqual(['e2e']);
  });

  it('starts nothing beside a heavy step', () => {
    expect(decideFor({ build: 'passed', format: 'passed', e2e: 'running' }).start).toEqual([]);
  });

  it('blocks what needs a step that failed or was blocked itself', () => {
    expect(decideFor({ build: 'failed', format: 'passed' }).block).toEqual(['lint', 'e2e']);
    expect(decideFor({ build: 'blocked', format: 'passed' }).block).toEqual(['lint', 'e2e']);
  });
});
