import { isBuilt, staleBuilds, TARGETS, type BuildTimes } from './stale-builds';

const stale = (library: BuildTimes, demo: BuildTimes) =>
  staleBuilds(TARGETS, ({ project }) => (project === 'demo' ? demo : library)).map(({ project }) => project);

const fresh: BuildTimes = { newestSourceAt: 100, builtAt: 200 };

describe('staleBuilds', () => {
  it('leaves alone what is newer than its sources', () => {
    expect(stale(fresh, fresh)).toEqual([]);
    expect(stale(fresh, { newestSourceAt: 200, builtAt: 200 })).toEqual([]);
  });

  it('builds what is missing or older than its sources', () => {
    expect(stale(fresh, { newestSourceAt: 100, builtAt: null })).toEqual(['demo']);
    expect(stale(fresh, { newestSourceAt: 201, builtAt: 200 })).toEqual(['demo']);
  });

  it('builds the demo again when the library was stale', () => {
    expect(stale({ newestSourceAt: 100, builtAt: null }, fresh)).toEqual(['ngx-cognito-session', 'demo']);
  });
});

describe('isBuilt', () => {
  it('does not build because a test changed', () => {
    expect(isBuilt('projects/demo/src/app/app.ts')).toBe(true);
    expect(isBuilt('projects/demo/src/app/events/event-log.spec.ts')).toBe(false);
    expect(isBuilt('projects/ngx-cognito-session/testing-support/manual-time.ts')).toBe(false);
  });
});
