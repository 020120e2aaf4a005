import { firstValueFrom } from 'rxjs';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { emulatedApp } from '../../../testing-support/emulated-app';
import { errorOf } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns } from '../../../testing-support/turns';
import type { SessionLedger } from '../core/session-ledger';

const app = emulatedApp();
const browser = emulatedBrowser(app);

/** Shared with other tabs, and knows how often it was read. */
class ReadStorage extends CountingStorage {
  override readonly shared = true;
  reads = 0;

  override getItem(key: string): string | null {
    this.reads++;
    return super.getItem(key);
  }
}

/** What it has noted of reading the record. */
function notes({ logged }: BrowserTab): readonly string[] {
  return logged.filter(({ level }) => level === 'warn').map(({ text }) => text);
}

describe('a page that is looked at again', () => {
  it('asks the record although it has come online, and asked for no token, while it was hidden', async () => {
    const a = await browser.signIn();
    const b = await browser.restore();
    b.sleep.next('hidden');
    b.wake.next('online');
    await turns(10);
    await firstValueFrom(a.session.signOut());

    b.wake.next('visible');

    expect(await errorOf(b.session.getAccessToken())).toMatchObject({ code: 'signedOutElsewhere' });
  });

  it.each(['visible', 'pageshow', 'resume'] as const)(
    'reads once if it was hidden, nothing if it was not: %s',
    async (signal) => {
      const storage = new ReadStorage();
      const { sleep, wake } = await browser.signIn({ storage });
      const reads = async (): Promise<number> => {
        const before = storage.reads;
        wake.next(signal);
        await turns(10);
        return storage.reads - before;
      };

      expect(await reads()).toBe(0);
      sleep.next('hidden');
      expect(await reads()).toBe(1);
      expect(await reads()).toBe(0);
    },
  );

  it('notes that the record cannot be read, stays signed in and asks again the next time', async () => {
    const tab = await browser.signIn();
    const record = await browser.record();
    await browser.changeRecord(() => ({ v: 2 }) as unknown as SessionLedger);
    const logged = notes(tab).length;
    tab.sleep.next('hidden');
    tab.wake.next('visible');
    await turns(10);
    expect(notes(tab).slice(logged)).toEqual([
      expect.stringMatching(/The record could not be read yet\..*storageError/),
    ]);
    expect(tab.session.isSignedIn()).toBe(true);

    await browser.changeRecord(() => record);
    tab.wake.next('visible');
    await turns(10);

    expect(notes(tab)).toHaveLength(logged + 1);
    expect(await firstValueFrom(tab.session.getAccessToken())).toBeTruthy();
  });

  it('notes nothing of the record when that says that the user has signed out', async () => {
    const a = await browser.signIn();
    const b = await browser.restore();
    b.sleep.next('hidden');
    await firstValueFrom(a.session.signOut());
    const logged = notes(b).length;

    b.wake.next('visible');
    await turns(10);

    expect(b.session.state()).toEqual({ status: 'signedOut', reason: 'signedOutElsewhere' });
    expect(notes(b)).toHaveLength(logged);
  });
});
