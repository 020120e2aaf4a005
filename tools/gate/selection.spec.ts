import { selectSteps } from './selection';

const steps = [
  { name: 'build:library', needs: [] },
  { name: 'build:demo', needs: ['build:library'] },
  { name: 'unit', needs: [] },
  { name: 'e2e', needs: ['build:demo'] },
  { name: 'long', needs: [], isLong: true },
  { name: 'security', needs: [], isOnDemand: true },
];
const select = (only: readonly string[] | null, isFull = false) =>
  selectSteps(steps, { only, isFull }).map(({ name }) => name);

describe('selectSteps', () => {
  it('takes all but the long suites', () => {
    expect(select(null)).toEqual(['build:library', 'build:demo', 'unit', 'e2e']);
  });

  it('adds the long suites to a full run', () => {
    expect(select(null, true)).toContain('long');
  });

  it('runs a long suite that was asked for by name', () => {
    expect(select(['long'])).toEqual(['long']);
  });

  it('runs what other steps cover only if it was asked for by name', () => {
    expect(select(null, true)).not.toContain('security');
    expect(select(['security'])).toEqual(['security']);
  });

  it('adds what a chosen step needs, in the order of the gate', () => {
    expect(select(['e2e', 'unit'])).toEqual(['build:library', 'build:demo', 'unit', 'e2e']);
  });

  it('takes a group by its name', () => {
    expect(select(['build'])).toEqual(['build:library', 'build:demo']);
  });

  it('refuses a name that no step has', () => {
    expect(() => select(['e2'])).toThrow('No such step: e2.');
  });
});
