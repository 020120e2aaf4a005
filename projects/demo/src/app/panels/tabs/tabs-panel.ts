import { ChangeDetectionStrategy, Component, computed, inject, Injector, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCard, MatCardContent } from '@angular/material/card';
import { RouterLink } from '@angular/router';
import { mdiContentCopy, mdiLogout, mdiRefresh, mdiTabPlus } from '@mdi/js';
import { SessionService } from 'ngx-cognito-session';
import { injectCognitoCalls } from '../../emulator/inject-cognito-calls';
import { LocalCognito } from '../../emulator/local-cognito';
import { storageChoice } from '../../session/chosen-storage';
import { clockTime } from '../../session/clock-time';
import { Tabs } from '../../tabs/tabs';
import { Icon } from '../../ui/icon';
import { Notice } from '../../ui/notice';
import { PanelHeader } from '../../ui/panel-header';
import { ShowCode } from '../../ui/show-code';
import { crashWords, refreshesBeside, type Crash } from './crash-words';
import { TabCommands } from './tab-commands';
import { tabRows } from './tab-rows';
import { injectWhoRefreshed } from './who-refreshed';

/** The open tabs: which one refreshed, and what the others do when it crashes. */
@Component({
  selector: 'app-tabs-panel',
  imports: [Icon, MatButton, MatCard, MatCardContent, Notice, PanelHeader, RouterLink, ShowCode],
  changeDetection: ChangeDetectionStrategy.OnPush,
  styleUrl: './tabs-panel.css',
  templateUrl: './tabs-panel.html',
})
export class TabsPanel {
  protected readonly session = inject(SessionService);
  protected readonly commands = inject(TabCommands);
  protected readonly tabs = inject(Tabs);
  protected readonly hasEmulator = inject(LocalCognito).isThere;
  private readonly injector = inject(Injector);
  private readonly cognito = injectCognitoCalls();

  protected readonly icons = { add: mdiTabPlus, copy: mdiContentCopy, refresh: mdiRefresh, out: mdiLogout };
  protected readonly storage = storageChoice().name;
  protected readonly clockTime = clockTime;
  protected readonly whoRefreshed = injectWhoRefreshed();
  protected readonly rows = computed(() =>
    tabRows(this.tabs.ownNumber(), this.tabs.open(), this.tabs.events()),
  );
  protected readonly openCount = computed(() => this.rows().filter(({ isOpen }) => isOpen).length);
  protected readonly calls = computed(
    () =>
      (this.cognito.calls() ?? []).filter(({ operation }) => operation === 'GetTokensFromRefreshToken')
        .length,
  );
  protected readonly refreshes = computed(() => this.rows().reduce((sum, row) => sum + row.refreshes, 0));

  /** The last crash; `null`: none, or something else was asked for since. */
  private readonly crashed = signal<Crash | null>(null);
  protected readonly crashWords = computed(() => {
    const crash = this.crashed();
    return crash === null ? null : crashWords(crash, this.rows());
  });

  protected crash(tab: number): void {
    this.crashed.set({ tab, refreshes: refreshesBeside(tab, this.rows()) });
    this.commands.crash(tab);
  }

  protected refreshEverywhere(): void {
    this.crashed.set(null);
    this.commands.refreshEverywhere();
  }

  protected open(): void {
    open('/tabs', '_blank', 'noopener');
  }

  /** `window.open` copies `sessionStorage`, as “Duplicate tab” does. */
  protected duplicate(): void {
    open('/tabs', '_blank');
  }

  protected async signOut(): Promise<void> {
    const { openSignOutDialog } = await import('../../sign-out/open-sign-out-dialog');
    openSignOutDialog(this.injector);
  }
}
