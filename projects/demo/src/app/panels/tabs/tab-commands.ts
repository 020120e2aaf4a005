import { DestroyRef, inject, Injectable } from '@angular/core';
import { SessionService } from 'ngx-cognito-session';
import { firstValueFrom } from 'rxjs';
import { LocalCognito } from '../../emulator/local-cognito';
import { Tabs } from '../../tabs/tabs';

type TabCommand =
  { readonly kind: 'refresh'; readonly at: number } | { readonly kind: 'crash'; readonly tab: number };

const REFRESH = 'GetTokensFromRefreshToken';
/** Long enough for all tabs to have heard of it. */
const LEAD_MS = 300;
/** Long enough for the other tabs to have seen the refresh in the record, on a busy machine as well. */
const KNOWN_MS = 2000;
/** Cognito has processed the call, and keeps the answer back. */
const HELD_MS = 15_000;

/** What one tab asks of the others over a channel of the demo: to refresh at the same moment, or to crash. */
@Injectable({ providedIn: 'root' })
export class TabCommands {
  private readonly session = inject(SessionService);
  private readonly cognito = inject(LocalCognito);
  private readonly tabs = inject(Tabs);
  private readonly channel = new BroadcastChannel('demo-tab-commands');

  constructor() {
    this.channel.onmessage = ({ data }: MessageEvent<TabCommand>) => this.obey(data);
    inject(DestroyRef).onDestroy(() => this.channel.close());
  }

  /** All tabs, this one included, ask for new tokens at the same moment. */
  refreshEverywhere(): void {
    this.send({ kind: 'refresh', at: Date.now() + LEAD_MS });
  }

  crash(tab: number): void {
    this.send({ kind: 'crash', tab });
  }

  private send(command: TabCommand): void {
    this.channel.postMessage(command);
    this.obey(command);
  }

  private obey(command: TabCommand): void {
    if (command.kind === 'refresh')
      setTimeout(() => this.session.forceRefresh(), Math.max(0, command.at - Date.now()));
    else if (command.tab === this.tabs.ownNumber()) void this.crashThisTab();
  }

  /** In the middle of a refresh: Cognito has replaced the token, and the tab is gone before the answer. */
  private async crashThisTab(): Promise<void> {
    const { calls } = await firstValueFrom(this.cognito.calls());
    const count = 1 + calls.filter(({ operation }) => operation === REFRESH).length;
    await firstValueFrom(this.cognito.command('fault', { operation: REFRESH, kind: 'delay', ms: HELD_MS }));
    const arrived = firstValueFrom(this.cognito.command('when-arrived', { operation: REFRESH, count }));
    this.session.forceRefresh();
    await arrived;
    // The other tabs read the record meanwhile, and see that this one refreshes.
    await new Promise((resolve) => setTimeout(resolve, KNOWN_MS));
    close();
    // The browser closes only tabs that a script has opened. Leaving the page ends it as well.
    location.replace('about:blank');
  }
}
