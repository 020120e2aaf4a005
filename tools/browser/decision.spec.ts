import { decideBrowser, type BrowserFacts } from './decision';

const facts = (change: Partial<BrowserFacts> = {}): BrowserFacts => ({
  requested: undefined,
  working: [],
  isDebianLike: false,
  isRoot: false,
  tried: [],
  ...change,
});

describe('decideBrowser', () => {
  it('uses the browser that was asked for', () => {
    const working = ['/opt/mine', '/usr/bin/chromium'];

    expect(decideBrowser(facts({ requested: '/opt/mine', working }))).toEqual({
      kind: 'use',
      path: '/opt/mine',
    });
  });

  it('does not replace a browser that was asked for and does not start', () => {
    const decision = decideBrowser(facts({ requested: '/opt/gone', working: ['/usr/bin/chromium'] }));

    expect(decision).toMatchObject({ kind: 'giveUp', message: expect.stringContaining('/opt/gone') });
  });

  it('uses the best browser that works', () => {
    expect(decideBrowser(facts({ working: ['/usr/bin/chromium', '/usr/bin/google-chrome'] }))).toEqual({
      kind: 'use',
      path: '/usr/bin/chromium',
    });
  });

  it("installs the distribution's package where it may", () => {
    expect(decideBrowser(facts({ isDebianLike: true, isRoot: true }))).toEqual({
      kind: 'install',
      by: 'apt',
    });
  });

  it.each([
    ['elsewhere', facts({ isRoot: true })],
    ['without the right to install', facts({ isDebianLike: true })],
    ['after the package failed', facts({ isDebianLike: true, isRoot: true, tried: ['apt'] })],
  ])("takes Playwright's own download %s", (_where, known) => {
    expect(decideBrowser(known)).toEqual({ kind: 'install', by: 'playwright' });
  });

  it('says what to do when nothing helped', () => {
    const decision = decideBrowser(facts({ tried: ['playwright'] }));

    expect(decision).toMatchObject({ kind: 'giveUp', message: expect.stringContaining('CHROMIUM_PATH') });
  });
});
