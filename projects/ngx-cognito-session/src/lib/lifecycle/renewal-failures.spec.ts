import { firstValueFrom } from 'rxjs';
import { emulatedApp, HOUR, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { failingDatabase } from '../../../testing-support/failing-writes';
import { statusOf, TALKS, told } from '../../../testing-support/race-tabs';
import { errorOf } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns } from '../../../testing-support/turns';

const DAY = 24 * HOUR;

const app = emulatedApp();
const browser = emulatedBrowser(app);
const database = failingDatabase();

afterEach(() => {
  database.mend();
});

function hintsSaid(): readonly string[] {
  return browser.channels.said.map(({ message }) => (message as { hint: { type: string } }).hint.type);
}

describe('a renewal that Cognito fails', () => {
  /** Its call is on its way, and will fail. */
  async function failing(tab: BrowserTab): Promise<{ readonly goOn: () => Promise<void> }> {
    app.emulator.faults.add(REFRESH, { kind: 'error', type: 'InternalErrorException' });
    const barrier = app.emulator.hold(REFRESH);
    tab.session.forceRefresh().subscribe({ error: () => {} });
    await barrier.arrived(1);
    return { goOn: () => barrier.open() };
  }

  it('has succeeded if another tab has renewed meanwhile', async () => {
    const tab = await browser.signIn();
    const { goOn } = await failing(tab);
    const outcome = firstValueFrom(tab.session.forceRefresh());
    const { AccessToken: accessToken, RefreshToken: refreshToken } = await app.emulator.signIn('alice');
    await browser.changeRecord(({ tokens, ...record }) => ({
      ...record,
      gen: 2,
      open: [],
      ...(tokens && { tokens: { ...tokens, accessToken, refreshToken } }),
    }));

    await goOn();

    expect(await outcome).toMatchObject({ user: { username: 'alice' } });
    expect([told(tab, 'tokenRefreshed'), told(tab, 'error')]).toEqual([['otherTab'], []]);
    expect(await firstValueFrom(tab.session.getTokens())).toMatchObject({ accessToken, refreshToken });
  });

  it('has failed if the record has only lost sight of what this tab holds', async () => {
    const tab = await browser.signIn();
    const before = await browser.record();
    await firstValueFrom(tab.session.forceRefresh());
    const { goOn } = await failing(tab);
    const outcome = errorOf(tab.session.forceRefresh());
    await browser.changeRecord(() => before);

    await goOn();

    expect(await outcome).toMatchObject({ code: 'serviceError' });
    expect(statusOf(tab)).toBe('signedIn');
    expect(told(tab, 'error')).toEqual(['thisTab']);
  });

  it('fails with the error of Cognito, frees its lock and tells so, though the record cannot be written', async () => {
    const tab = await browser.signIn(TALKS);
    const { goOn } = await failing(tab);
    const outcome = errorOf(tab.session.forceRefresh());
    database.fail();

    await goOn();

    expect(await outcome).toMatchObject({ code: 'serviceError' });
    await turns();
    expect([browser.locks.names, hintsSaid().at(-1)]).toEqual([[], 'failed']);
    expect(await errorOf(tab.session.forceRefresh())).toMatchObject({ code: 'storageError' });
  });
});

describe('a refused refresh token', () => {
  it('ends nothing before the record says whether it was the right one', async () => {
    const tab = await browser.signIn();
    app.emulator.faults.add(REFRESH, { kind: 'error', type: 'NotAuthorizedException', times: 2 });
    const barrier = app.emulator.hold(REFRESH);
    const outcome = errorOf(tab.session.forceRefresh());
    await barrier.arrived(1);
    database.fail();

    await barrier.open();

    expect(await outcome).toMatchObject({ code: 'storageError' });
    expect([statusOf(tab), browser.locks.names]).toEqual(['signedIn', []]);

    database.mend();
    await browser.pass(5 * SECOND);
    await errorOf(tab.session.forceRefresh());
    expect(statusOf(tab)).toMatch(/^signedOut/);
  });

  it.each([
    ['NotAuthorizedException', -SECOND, 'refreshTokenExpired'],
    ['NotAuthorizedException', 0, 'sessionEnded'],
    ['UserNotFoundException', 0, 'userNotFound'],
  ])('means, after %s and %i ms past the known end: %s', async (type, lateMs, reason) => {
    const tab = await browser.signIn({ config: { refreshTokenValidityDays: 1 } });
    app.emulator.faults.add(REFRESH, { kind: 'error', type });
    browser.sleep(DAY + lateMs);

    expect(await errorOf(tab.session.forceRefresh())).toMatchObject({ code: reason });

    expect(statusOf(tab)).toBe(`signedOut: ${reason}`);
  });
});

describe('what a failed renewal says', () => {
  it('is why a refused token ends the session, with the answer behind it', async () => {
    const tab = await browser.signIn();
    app.emulator.faults.add(REFRESH, { kind: 'resetAfterCommit' });
    await errorOf(tab.session.forceRefresh());
    await browser.pass(5 * SECOND);
    app.emulator.faults.add(REFRESH, { kind: 'error', type: 'NotAuthorizedException' });

    expect(await errorOf(tab.session.forceRefresh())).toMatchObject({
      code: 'rotationLost',
      message: 'Cognito does not take the refresh token any more.',
      serviceError: 'NotAuthorizedException',
      cause: { message: 'Cognito answered NotAuthorizedException.' },
    });
  });

  it('is that it is too early, in a tab that has not seen the failure', async () => {
    const a = await browser.signIn();
    const b = await browser.restore();
    app.emulator.faults.add(REFRESH, { kind: 'resetBeforeProcessing' });
    await errorOf(a.session.forceRefresh());

    expect(await errorOf(b.session.forceRefresh())).toMatchObject({
      code: 'networkError',
      message: 'The last renewal failed, and it is too early for another one.',
    });
  });
});
