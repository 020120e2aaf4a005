import { firstValueFrom } from 'rxjs';
import { emulatedApp, HOUR, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { errorOf } from '../../../testing-support/session-app';

describe('callers who wait for the same refresh', () => {
  const app = emulatedApp();

  async function expired() {
    const page = await app.signedIn();
    app.time.sleep(2 * HOUR);
    return { ...page, barrier: app.emulator.hold(REFRESH) };
  }

  it('all get the new token, by one request and with the timers of one caller', async () => {
    const { session, barrier } = await expired();
    const first = firstValueFrom(session.getAccessToken());
    await barrier.arrived(1);
    const armed = app.time.armedTimers;

    const others = Array.from({ length: 1000 }, () => firstValueFrom(session.getAccessToken()));
    expect(app.time.armedTimers).toBe(armed);
    await barrier.open();

    expect(new Set(await Promise.all([first, ...others])).size).toBe(1);
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });

  it('get no token of a user whom an earlier one of them has signed out', async () => {
    const { session, barrier } = await expired();
    session.getAccessToken().subscribe(() => session.signOut());
    const second = errorOf(session.getAccessToken());
    const third = errorOf(session.getIdToken());

    await barrier.arrived(1);
    await barrier.open();

    expect(await second).toMatchObject({ code: 'noSession' });
    expect(await third).toMatchObject({ code: 'noSession' });
  });

  it('may leave, also while another one is served', async () => {
    const { session, barrier } = await expired();
    const given: string[] = [];
    const leaves = session.getAccessToken().subscribe(() => given.push('left before'));
    session.getAccessToken().subscribe(() => {
      given.push('first');
      late.unsubscribe();
    });
    const late = session.getAccessToken().subscribe(() => given.push('left meanwhile'));
    const last = firstValueFrom(session.getAccessToken());
    leaves.unsubscribe();

    await barrier.arrived(1);
    await barrier.open();
    await last;

    expect(given).toEqual(['first']);
  });

  it('do not share the time limit of one who came seconds before', async () => {
    const { session, barrier } = await expired();
    const outcomes: string[] = [];
    const ask = (name: string) => session.getAccessToken().subscribe({ error: () => outcomes.push(name) });
    ask('early');
    await barrier.arrived(1);
    app.time.advance(2 * SECOND);
    ask('late');

    app.time.advance(8 * SECOND);
    expect(outcomes).toEqual(['early']);
    app.time.advance(2 * SECOND);
    expect(outcomes).toEqual(['early', 'late']);
    await barrier.open();
  });

  it('get `superseded` if another user signs in during the brief wait for a token that is due', async () => {
    const { session } = await app.signedIn();
    app.time.sleep(HOUR - 30 * SECOND);
    const barrier = app.emulator.hold(REFRESH);
    const outcome = errorOf(session.getAccessToken());
    await barrier.arrived(1);
    await firstValueFrom(session.setTokens(await app.emulator.signIn('bob')));
    await barrier.open();
    app.time.advance(3 * SECOND);

    expect(await outcome).toMatchObject({ code: 'superseded' });
  });
});
