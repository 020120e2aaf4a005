import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { JSDOM } from 'jsdom';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { filter, firstValueFrom, timeout, type Observable } from 'rxjs';
import type { ApplicationRef, EnvironmentProviders, Provider, Type } from '@angular/core';
import { NESTED_DIRECTORY } from '../nested-require';
import type { Contender, SdkCredentials, StartContender } from './contender';

interface Session {
  readonly session$: Observable<{ readonly user: { readonly sub: string } } | null>;
  setTokens(tokens: object): Observable<unknown>;
  getAccessToken(): Observable<string>;
}

interface Credentials {
  readonly provider: () => Promise<SdkCredentials>;
}

/** As far as it is used. The build is loaded, as apps get it, and not the sources. */
interface Library {
  provideSession(config: object, ...features: object[]): EnvironmentProviders;
  withLocalStorage(): object;
  readonly SessionService: Type<Session>;
}

interface Entry {
  provideAwsCredentials(config: object): EnvironmentProviders;
  readonly AwsCredentialsService: Type<Credentials>;
}

const FOLDER = join(NESTED_DIRECTORY, '../../../dist/ngx-cognito-session/fesm2022');
const SWITCH_LIMIT_MS = 30_000;

/** This library, built, in an Angular application on a page of jsdom. A second application is the other tab. */
export const startOurs: StartContender = async (emulator) => {
  openPage();
  const { region, userPoolId, clientId, identityPoolId, url: endpoint } = emulator;
  // The build is linked at run time, by the compiler.
  await import('@angular/compiler');
  const library = (await load('ngx-cognito-session')) as Library;
  const entry = (await load('ngx-cognito-session-aws-credentials')) as Entry;
  const tabs: ApplicationRef[] = [];
  const providers = [
    library.provideSession({ region, userPoolId, clientId, endpoint }, library.withLocalStorage()),
    entry.provideAwsCredentials({ identityPoolId, endpoint }),
  ];
  const page = await openTab();
  const session = page.get(library.SessionService);
  const { provider } = page.get(entry.AwsCredentialsService);

  return {
    signIn: (username) => signIn(session, username),
    switchUserElsewhere: async (username) => {
      const other = await openTab();
      await signIn(other.get(library.SessionService), username);
      const isSwitched = session.session$.pipe(filter((current) => current?.user.sub === username));
      await firstValueFrom(isSwitched.pipe(timeout(SWITCH_LIMIT_MS)));
    },
    credentials: provider,
    accessToken: () => firstValueFrom(session.getAccessToken()),
    close: () => {
      for (const tab of tabs) tab.destroy();
      return Promise.resolve();
    },
  } satisfies Contender;

  async function openTab(): Promise<ApplicationRef['injector']> {
    const tab = await startApplication(providers);
    tabs.push(tab);
    return tab.injector;
  }

  async function signIn(to: Session, username: string): Promise<void> {
    await firstValueFrom(to.setTokens(await emulator.signIn(username)));
  }
};

function load(file: string): Promise<unknown> {
  return import(pathToFileURL(join(FOLDER, `${file}.mjs`)).href);
}

async function startApplication(providers: (EnvironmentProviders | Provider)[]): Promise<ApplicationRef> {
  const { provideZonelessChangeDetection } = await import('@angular/core');
  const { createApplication } = await import('@angular/platform-browser');
  return createApplication({ providers: [provideZonelessChangeDetection(), ...providers] });
}

/** A page with a database and a storage of its own. */
function openPage(): void {
  const { window } = new JSDOM('', { url: 'http://localhost/' });
  Object.assign(globalThis, {
    window,
    document: window.document,
    localStorage: window.localStorage,
    location: window.location,
    indexedDB: new IDBFactory(),
    IDBKeyRange,
  });
}
