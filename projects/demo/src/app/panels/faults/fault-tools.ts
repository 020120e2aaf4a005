import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { SessionService } from 'ngx-cognito-session';
import { filter, firstValueFrom, merge } from 'rxjs';
import { injectDemoConfig } from '../../config/inject-demo-config';
import { LocalCognito } from '../../emulator/local-cognito';
import { SignOutEverywhere } from '../../sign-out/sign-out-everywhere';
import { clearSession } from './clear-session';

/** The library refreshes them after three quarters of their life. */
const SHORT_SECONDS = 6;
const REFRESH = 'GetTokensFromRefreshToken';

type Settings = Readonly<Record<string, unknown>>;

/** What a fault of this panel is made of. Each method rejects if the session, or the local Cognito, does not take part. */
@Injectable({ providedIn: 'root' })
export class FaultTools {
  private readonly cognito = inject(LocalCognito);
  private readonly session = inject(SessionService);
  private readonly http = inject(HttpClient);
  private readonly everywhere = inject(SignOutEverywhere);
  private readonly config = injectDemoConfig();

  /** Cognito works as `npm start` has set it up. Its clock stays as it is. */
  async repair(): Promise<void> {
    const seconds = this.config.tokenSeconds ?? 300;
    await this.command('clear-faults');
    await this.configure({ rotation: true, graceSeconds: 30 });
    await this.configure({ accessTokenSeconds: seconds, idTokenSeconds: seconds });
  }

  /** Tokens that are due in a few seconds. The refresh that follows meets the fault. */
  async failRefreshes(fault: Settings): Promise<void> {
    await this.configure({ accessTokenSeconds: SHORT_SECONDS, idTokenSeconds: SHORT_SECONDS });
    await this.refresh();
    await this.repair();
    await this.command('fault', { operation: REFRESH, ...fault });
  }

  async refresh(): Promise<void> {
    await firstValueFrom(this.session.forceRefresh());
  }

  /** The same, whatever comes of it: what came is in the events. */
  async tryRefresh(): Promise<void> {
    await this.refresh().catch(() => undefined);
  }

  configure(settings: Settings): Promise<void> {
    return this.command('configure', settings);
  }

  /** As an administrator does. Resolves with the way back. */
  async disableUser(): Promise<() => Promise<void>> {
    const username = this.session.user()?.username;
    await this.command('change-user', { username, enabled: false });
    return () => this.command('change-user', { username, enabled: true });
  }

  /** As another device of the user does. */
  async endTokens(): Promise<void> {
    await this.everywhere.endTokens();
  }

  /** Until the session has new tokens or is over. */
  async outcome(): Promise<void> {
    const { events$, state$ } = this.session;
    await firstValueFrom(
      merge(
        events$.pipe(filter(({ type }) => type === 'tokenRefreshed')),
        state$.pipe(filter(({ status }) => status === 'signedOut')),
      ),
    );
  }

  /** The API answers the next calls with 401 although the token is good. */
  async callRejectedApi(): Promise<void> {
    const { apiUrl } = this.config;
    if (apiUrl === undefined) throw new Error('There is no API to call');
    await firstValueFrom(
      this.http.post(`${apiUrl}/_control/reject-next`, '{"count":1}', { responseType: 'text' }),
    );
    await firstValueFrom(this.http.get(`${apiUrl}/api/hello`));
  }

  async moveServerClock(advanceMs: number): Promise<void> {
    await this.command('clock', { advanceMs });
  }

  clearStorage(): Promise<void> {
    return clearSession();
  }

  private async command(name: string, input: Settings = {}): Promise<void> {
    await firstValueFrom(this.cognito.command(name, input));
  }
}
