import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { createEnvironmentInjector, EnvironmentInjector, inject, Injectable } from '@angular/core';
import { SessionService } from 'ngx-cognito-session';
import { firstValueFrom } from 'rxjs';
import { injectDemoConfig } from '../../config/inject-demo-config';
import { LocalCognito } from '../../emulator/local-cognito';
import { injectCognitoClient } from '../../sign-in/cognito-client';
import { createLibraryTab } from './library-tab';
import { NAIVE_SESSION, naiveInterceptor } from './naive-interceptor';
import { naiveBox, NaiveTab } from './naive-tab';
import type { SdkTokens, Side } from './side';

const TABS = [1, 2];

/** Signs one user in on both sides, each with an app client of its own. */
@Injectable({ providedIn: 'root' })
export class Sides {
  private readonly parent = inject(EnvironmentInjector);
  private readonly cognito = inject(LocalCognito);
  private readonly config = injectDemoConfig();
  private readonly loadClient = injectCognitoClient();

  /** An API on this origin that knows whether the local Cognito would accept a token. */
  readonly apiUrl = new URL('_emulator/hello', document.baseURI).href;
  readonly clientIds = this.config.sideBySide ?? { library: '', naive: '' };

  async library(): Promise<Side> {
    const { library: clientId } = this.clientIds;
    const { region, userPoolId, endpoint } = this.config;
    const config = { region, userPoolId, clientId, ...(endpoint === undefined ? {} : { endpoint }) };
    const injectors = TABS.map(() => createLibraryTab(this.parent, config, this.apiUrl));
    const sessions = injectors.map((injector) => injector.get(SessionService));
    await Promise.all(sessions.map((session) => firstValueFrom(session.initialize())));
    const tokens = await this.signIn(clientId);
    await Promise.all(sessions.slice(0, 1).map((session) => firstValueFrom(session.setTokens(tokens))));
    return {
      clientId,
      tabs: injectors.map((injector) => injector.get(HttpClient)),
      lostSessions: () => Number(sessions.some((session) => session.state().status === 'signedOut')),
      close: () => injectors.forEach((injector) => injector.destroy()),
    };
  }

  async naive(): Promise<Side> {
    const { naive: clientId } = this.clientIds;
    const box = naiveBox(await this.signIn(clientId));
    const injectors = TABS.map(() =>
      createEnvironmentInjector(
        [
          { provide: NAIVE_SESSION, useFactory: () => new NaiveTab(box, this.loadClient, clientId) },
          provideHttpClient(withInterceptors([naiveInterceptor])),
        ],
        this.parent,
      ),
    );
    return {
      clientId,
      tabs: injectors.map((injector) => injector.get(HttpClient)),
      lostSessions: () => box.lost,
      close: () => injectors.forEach((injector) => injector.destroy()),
    };
  }

  private signIn(clientId: string): Promise<SdkTokens> {
    const username = this.config.seededUsers?.[0]?.username;
    return firstValueFrom(this.cognito.command<SdkTokens>('sign-in', { username, clientId }));
  }
}
