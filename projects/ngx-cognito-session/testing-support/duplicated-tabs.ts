import { firstValueFrom } from 'rxjs';
import { MemoryStorage } from '../src/lib/storage/memory-storage';
import type { AuthTokens } from '../src/public-api';
import type { Browser, BrowserTab } from './tabs';
import { turns, until } from './turns';

/** As sessionStorage: each tab has its own, and a duplicated tab starts with a copy. */
export class TabStorage extends MemoryStorage {
  readonly isCopiedWithTab = true;

  copy(): TabStorage {
    const copy = new TabStorage();
    for (const key of this.keys()) copy.setItem(key, this.getItem(key) ?? '');
    return copy;
  }

  /** What an app does with `sessionStorage.clear()`. */
  clear(): void {
    for (const key of this.keys()) this.removeItem(key);
  }
}

export function tokensOf({ session }: BrowserTab): Promise<AuthTokens | null> {
  return firstValueFrom(session.getTokens());
}

export function statusOf({ session }: BrowserTab): string {
  return session.state().status;
}

const STEP_MS = 10;
/** More than tabs wait for each other, less than they wait for an answer of Cognito, which takes real time. */
const MOST_MS = 3000;

/** Time passes for these tabs until it is so. */
export function waiting(isMet: () => boolean, ...tabs: readonly BrowserTab[]): Promise<void> {
  let passedMs = 0;
  return until(() => {
    if (isMet()) return true;
    passedMs += STEP_MS;
    if (passedMs <= MOST_MS) for (const { time } of tabs) time.advance(STEP_MS);
    return false;
  });
}

/** Every tab knows who is signed in. */
export async function settled(...tabs: readonly BrowserTab[]): Promise<void> {
  await waiting(() => tabs.every((tab) => statusOf(tab) !== 'restoring'), ...tabs);
  await turns();
}

/** Longer than a copy waits for an answer. */
export async function passing(...tabs: readonly BrowserTab[]): Promise<void> {
  for (let step = 0; step < 60; step++) {
    for (const { time } of tabs) time.advance(STEP_MS);
    await turns(2);
  }
}

/** The page goes as by a reload or a navigation: `pagehide`, then nothing. */
export function leave(tab: BrowserTab): void {
  tab.sleep.next('pagehide');
  tab.crash();
}

/** What becomes of a renewal by hand. */
export async function renewed(tab: BrowserTab, ...others: readonly BrowserTab[]): Promise<string> {
  let outcome = '';
  tab.session.forceRefresh().subscribe({
    next: () => {
      outcome = 'renewed';
    },
    error: ({ code }: { readonly code: string }) => {
      outcome = code;
    },
  });
  await waiting(() => outcome !== '', tab, ...others);
  await turns(10);
  return outcome;
}

/** One after the other: rivals would be refused. */
export async function bothRenewed(a: BrowserTab, b: BrowserTab): Promise<readonly string[]> {
  return [await renewed(a, b), await renewed(b, a)];
}

export interface Duplicated {
  readonly a: BrowserTab;
  readonly b: BrowserTab;
  readonly storageA: TabStorage;
  readonly storageB: TabStorage;
}

export async function duplicated(browser: Browser): Promise<Duplicated> {
  const storageA = new TabStorage();
  const a = await browser.signIn({ storage: storageA, talks: true });
  const storageB = storageA.copy();
  const b = browser.open({ storage: storageB, talks: true });
  await waiting(() => statusOf(b) === 'signedIn', a, b);
  await turns();
  return { a, b, storageA, storageB };
}
