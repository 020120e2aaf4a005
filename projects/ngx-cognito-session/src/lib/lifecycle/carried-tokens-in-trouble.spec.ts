import { firstValueFrom } from 'rxjs';
import { emulatedApp, REVOKE } from '../../../testing-support/emulated-app';
import { renewByHand } from '../../../testing-support/renew-by-hand';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import type { SessionLedger } from '../core/session-ledger';
import { MemoryStorage } from '../storage/memory-storage';
import type { SignOutOptions } from './sign-out';

const app = emulatedApp();
const browser = emulatedBrowser(app);
const namespace = () => `${app.emulator.region}/${app.emulator.clientId}`;

function statusOf({ session }: BrowserTab): string {
  const state = session.state();
  return state.status === 'signedOut' ? `${state.status}: ${state.reason}` : state.status;
}

function waiting(isMet: () => boolean, ...tabs: readonly BrowserTab[]): Promise<void> {
  return until(() => {
    if (isMet()) return true;
    for (const { time } of tabs) time.advance(10);
    return false;
  });
}

const carried = (storage = new MemoryStorage()) =>
  ({ storage, talks: true, config: { enableTabSync: true } }) as const;

async function openCarried(storage?: MemoryStorage): Promise<BrowserTab> {
  const tab = browser.open(carried(storage));
  await waiting(() => tab.session.state().status !== 'restoring', tab);
  return tab;
}

/** Says over the tabs' channel what no tab of the test says. */
function say(message: object): void {
  browser.channels.inject(`cognito-session:${namespace()}/tokens`, { v: 1, ns: namespace(), message });
}

/** Some tab brings these tokens under this name. */
function carry(
  id: string,
  { sid, gen }: Pick<SessionLedger, 'sid' | 'gen'>,
  { AccessToken: accessToken, RefreshToken: refreshToken }: { AccessToken: string; RefreshToken: string },
): void {
  const tokens = { accessToken, refreshToken, expiresAt: 99_999_999_999, clockDrift: 0 };
  say({ type: 'tokens', id, session: { sid, gen, tokens } });
}

describe('tokens that tabs carry, in trouble', () => {
  it('are not looked at by a frozen tab, whose transaction would not end', async () => {
    const a = await browser.signIn(carried());
    const b = await openCarried();
    b.sleep.next('freeze');
    const told = b.events.length;

    await firstValueFrom(a.session.forceRefresh());
    await turns(20);
    expect(b.events).toHaveLength(told);

    b.wake.next('resume');
    await waiting(() => b.events.length > told, b);
    expect(await firstValueFrom(b.session.getTokens())).toEqual(await firstValueFrom(a.session.getTokens()));
  });

  it('a reload with an older value, while the holder of the newer one is frozen, ends nobody', async () => {
    const a = await browser.signIn(carried());
    const storage = new MemoryStorage();
    const b = await openCarried(storage);
    await turns();
    b.crash();
    await firstValueFrom(a.session.forceRefresh());
    browser.channels.deafen(a.name);
    const again = await openCarried(storage);
    await waiting(() => statusOf(again) !== 'signedIn', again).catch(() => undefined);
    await turns(10);

    expect((await browser.record()).sid).not.toBeNull();
    browser.channels.hear(a.name);
    a.sleep.next('hidden');
    a.wake.next('visible');
    await waiting(() => false, a).catch(() => undefined);
    expect(statusOf(a)).toBe('signedIn');
  });

  it('without rotation, a reload with an older value after the others are gone goes on', async () => {
    app.emulator.configure({ rotation: false });
    const a = await browser.signIn(carried());
    const storage = new MemoryStorage();
    const b = await openCarried(storage);
    await turns();
    b.crash();
    await firstValueFrom(a.session.forceRefresh());
    a.crash();
    const again = await openCarried(storage);
    await turns(10);
    for (let n = 0; n < 400; n++) {
      again.time.advance(10);
      await turns(1);
    }
    expect(statusOf(again)).toBe('signedIn');
  });

  it('a tab that missed the newer tokens does not end the session while their holder is only frozen', async () => {
    const a = await browser.signIn(carried());
    const b = await openCarried();
    browser.channels.deafen(b.name);
    await firstValueFrom(a.session.forceRefresh());
    browser.channels.hear(b.name);
    browser.channels.deafen(a.name);
    b.session.forceRefresh().subscribe({ error: () => undefined });
    for (let n = 0; n < 400; n++) {
      b.time.advance(10);
      await turns(1);
    }
    // whatever b holds by now, it renews once more
    b.session.forceRefresh().subscribe({ error: () => undefined });
    await turns(50);
    expect((await browser.record()).sid).not.toBeNull();
  });

  it('a made-up "forget" takes no stored tokens from a tab that goes on as signed in', async () => {
    const storage = new MemoryStorage();
    const a = await browser.signIn(carried(storage));
    const { sid } = await browser.record();
    say({ type: 'forget', sid });
    await turns(10);
    expect(statusOf(a)).toBe('signedIn');
    expect(storage.keys()).not.toEqual([]);
  });

  it('tokens of a user who was replaced are not handed to whoever asks for them', async () => {
    const a = await browser.signIn(carried());
    const b = await openCarried();
    const { sid } = await browser.record();
    await firstValueFrom(a.session.setTokens(await app.emulator.signIn('bob')));
    await turns(20);
    browser.channels.said.splice(0);
    say({ type: 'asking', sid });
    await turns(10);
    expect(b.session.user()).toEqual(a.session.user());
    expect(browser.channels.said.map(({ tab }) => tab)).toEqual([]);
  });

  it('a spare answer held by a living tab is used before the session is ended', async () => {
    const a = await browser.signIn(carried());
    const storage = new MemoryStorage();
    const b = await openCarried(storage);
    await turns();
    const { sid, gen } = await browser.record();
    const good = await app.emulator.signIn('alice');
    b.crash();
    carry('the-spare', { sid, gen }, good);
    await turns(5);
    await browser.changeRecord((ledger) => ({ ...ledger, spareId: 'the-spare' }));
    // Reloaded: its own value is the record's, so it asks nobody.
    const again = await openCarried(storage);
    await turns(5);
    const held = await firstValueFrom(again.session.getTokens());
    // Whoever holds the stored refresh token has spent it.
    await renewByHand(app.emulator, held?.refreshToken ?? '');
    again.session.forceRefresh().subscribe({ error: () => undefined });
    await turns(60);
    expect((await browser.record()).sid).not.toBeNull();
    expect(statusOf(a)).toBe('signedIn');
  });

  it('what a restoring tab signs out leaves no tokens in the storage of the others', async () => {
    const storage = new MemoryStorage();
    const a = await browser.signIn(carried(storage));
    const c = browser.open(carried());
    expect(statusOf(c)).toBe('restoring');
    let isOut = false;
    c.session.signOut().subscribe(() => (isOut = true));
    await waiting(() => isOut, c);
    await turns(20);
    expect(statusOf(a)).toBe('signedOut: signedOutElsewhere');
    expect(storage.keys()).toEqual([]);
  });

  it('a new tab does not take the tokens of another user under the name of the real ones', async () => {
    const a = await browser.signIn(carried());
    const { sid, gen, tokensId } = await browser.record();
    const issued = await app.emulator.signIn('bob');
    browser.channels.deafen(a.name);
    const c = browser.open(carried());
    await turns(3);
    browser.channels.inject(`cognito-session:${namespace()}/tokens`, {
      v: 1,
      ns: namespace(),
      message: {
        type: 'tokens',
        id: tokensId,
        session: {
          sid,
          gen,
          tokens: {
            accessToken: issued.AccessToken,
            refreshToken: issued.RefreshToken,
            expiresAt: 99_999_999_999,
            clockDrift: 0,
          },
        },
      },
    });
    browser.channels.hear(a.name);
    await waiting(() => c.session.state().status !== 'restoring', c);
    expect(c.session.user()?.username).not.toBe('bob');
  });

  it('a spare answer that the refused tab does hold is used', async () => {
    const a = await browser.signIn(carried());
    const { sid, gen } = await browser.record();
    const good = await app.emulator.signIn('alice');
    carry('the-spare', { sid, gen }, good);
    await turns(5);
    await browser.changeRecord((ledger) => ({ ...ledger, spareId: 'the-spare' }));
    const held = await firstValueFrom(a.session.getTokens());
    await renewByHand(app.emulator, held?.refreshToken ?? '');
    a.session.forceRefresh().subscribe({ error: () => undefined });
    await turns(60);
    expect((await browser.record()).sid).not.toBeNull();
  });

  describe('when a tab that has missed the last renewal signs out', () => {
    async function signOutBehind(options?: SignOutOptions): Promise<readonly [BrowserTab, BrowserTab]> {
      const a = await browser.signIn(carried());
      const b = await openCarried();
      browser.channels.deafen(b.name);
      await firstValueFrom(a.session.forceRefresh());
      browser.channels.hear(b.name);
      await firstValueFrom(b.session.signOut(options));
      await waiting(() => statusOf(a) !== 'signedIn', a);
      return [a, b];
    }

    it('the one that made it revokes the newest refresh token', async () => {
      const [a] = await signOutBehind();
      await app.emulator.log.whenEnded(REVOKE, 2);

      expect(statusOf(a)).toBe('signedOut: signedOutElsewhere');
      expect(app.emulator.liveRefreshTokens()).toEqual([]);
    });

    it('it revokes nothing if the user who signed out wanted none', async () => {
      const [, b] = await signOutBehind({ revoke: false });
      // Something that is asked for afterwards has been answered.
      await firstValueFrom(b.session.setTokens(await app.emulator.signIn('bob')));
      await firstValueFrom(b.session.forceRefresh());

      expect(app.emulator.log.count(REVOKE)).toBe(0);
      expect(app.emulator.liveRefreshTokens({ username: 'alice' })).toHaveLength(1);
    });
  });
});
