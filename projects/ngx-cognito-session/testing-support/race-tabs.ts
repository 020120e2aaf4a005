import { firstValueFrom } from 'rxjs';
import type { SessionEvent } from '../src/public-api';
import { REFRESH, type EmulatedApp } from './emulated-app';
import type { Browser, BrowserTab, TabOptions } from './tabs';

/** Every word reaches every other tab. */
export const TALKS = { talks: true } as const;

/** So many tabs; at least one where the number is not known. */
type Tabs<Count extends number, Some extends readonly BrowserTab[] = readonly []> = number extends Count
  ? readonly [BrowserTab, ...BrowserTab[]]
  : Some['length'] extends Count
    ? Some
    : Tabs<Count, readonly [...Some, BrowserTab]>;

/** One tab that has signed in, and others that have found its session. */
export async function openTabs<Count extends number>(
  browser: Browser,
  count: Count,
  options: (index: number) => TabOptions = () => TALKS,
): Promise<Tabs<Count>> {
  const tabs: BrowserTab[] = [await browser.signIn(options(0))];
  while (tabs.length < count) tabs.push(await browser.restore(options(tabs.length)));
  return tabs as readonly BrowserTab[] as Tabs<Count>;
}

/** What a tab shows, with the reason if no user is signed in. */
export function statusOf({ session }: BrowserTab): string {
  const state = session.state();
  return state.status === 'signedOut' ? `signedOut: ${state.reason}` : state.status;
}

/** What a tab has told of one kind, in short. */
export function told({ events }: BrowserTab, type: SessionEvent['type']): readonly string[] {
  return events
    .filter((event) => event.type === type)
    .map((event) => ['reason' in event ? `${event.reason} ` : '', event.origin].join(''));
}

/** What Cognito was sent, in its order. */
export function refreshTokensSent({ emulator }: EmulatedApp): readonly (string | undefined)[] {
  return emulator.log.calls(REFRESH).map(({ tokensIn }) => tokensIn.refresh);
}

export async function refreshTokenOf({ session }: BrowserTab): Promise<string | undefined> {
  return (await firstValueFrom(session.getTokens()))?.refreshToken;
}

/** Refresh tokens of this user that Cognito would still take. */
export function liveTokensOf({ emulator }: EmulatedApp, username = 'alice'): readonly string[] {
  return emulator.liveRefreshTokens({ username }).map(({ token }) => token);
}

/** The page may be stopped at any time, and nothing reaches it any more; its timers are the caller's to leave alone. */
export function freeze(browser: Browser, tab: BrowserTab): void {
  tab.sleep.next('freeze');
  browser.channels.deafen(tab.name);
}

export function thaw(browser: Browser, tab: BrowserTab): void {
  browser.channels.hear(tab.name);
  tab.wake.next('resume');
}
