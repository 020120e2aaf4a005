import { relativeSpecifier } from '../app/imports';
import type { TargetApp } from '../app/target-app';
import type { External, ProviderCode } from '../edit/root-provider';
import { quoted, quotedList } from '../settings/literal';
import type { SignInWay, StorageKind } from './options';
import type { SessionSettings } from '../settings/session-settings';
import { settingsLines, type SettingsPlace } from '../settings/settings-place';

const LIBRARY = 'ngx-cognito-session';
const MANAGED_LOGIN = `${LIBRARY}/managed-login`;
const SERVER_SESSION = `${LIBRARY}/server-session`;

const STORAGES: Readonly<Record<StorageKind, string | null>> = {
  memory: null,
  'shared-memory': 'withSharedMemory',
  session: 'withSessionStorage',
  local: 'withLocalStorage',
  'indexed-db': 'withIndexedDb',
  cookie: 'withCookieStorage',
};

export interface SessionChoice {
  readonly app: TargetApp;
  readonly signIn: SignInWay;
  readonly storage: StorageKind;
  readonly settings: SessionSettings;
  /** `null`: the settings are written where they are used. */
  readonly place: SettingsPlace | null;
}

/** A call with an argument a line, in the providers of an app. */
const call = (name: string, args: readonly string[]): string =>
  `${name}(${args.map((arg) => `\n      ${arg},`).join('')}\n    )`;

const renderingFeature = ({ isRendered }: TargetApp, external: External): readonly string[] =>
  isRendered ? [`${external('withServerRendering', LIBRARY)}({ guards: 'defer' })`] : [];

function signInFeatures({ signIn, settings, place }: SessionChoice, external: External): readonly string[] {
  const route = external('withSignInRoute', LIBRARY);
  if (signIn === 'form') return [`${route}('/sign-in', { afterSignIn: '/account' })`];
  const domain = place?.names.has('domain') ? `${place.object}.domain` : quoted(settings.domain);
  return [
    `${external('withManagedLogin', MANAGED_LOGIN)}({ domain: ${domain} })`,
    `${route}(${external('managedLoginTarget', MANAGED_LOGIN)}())`,
  ];
}

/** The list of APIs, from the place of the settings if it has one. */
const apiUrlsCode = ({ settings, place }: SessionChoice): string =>
  place?.names.has('apiUrls') ? `${place.object}.apiUrls` : quotedList(settings.apiUrls);

function configCode({ app, settings, place }: SessionChoice, external: External): string {
  if (place === null) {
    const lines = settingsLines(settings, []).map((line) => `\n        ${line}`);
    return `{${lines.join('')}\n      }`;
  }
  const name = external(place.exported, relativeSpecifier(app.rootFile ?? place.file, place.file));
  return place.object.replace(place.exported, name);
}

/** The code that provides the session. Pure. */
export const sessionProvider =
  (choice: SessionChoice): ProviderCode =>
  (external) => {
    const { app, signIn, storage } = choice;
    if (signIn === 'server-session')
      return call(external('provideServerSession', SERVER_SESSION), [
        '{ leaveAtSignOut: true }',
        `${external('withSignInRoute', LIBRARY)}(${external('serverSignIn', SERVER_SESSION)}())`,
        ...renderingFeature(app, external),
      ]);
    const feature = STORAGES[storage];
    return call(external('provideSession', LIBRARY), [
      configCode(choice, external),
      ...(feature === null ? [] : [`${external(feature, LIBRARY)}()`]),
      `${external('withTokenInjection', LIBRARY)}({ attachTo: ${apiUrlsCode(choice)} })`,
      ...signInFeatures(choice, external),
      ...renderingFeature(app, external),
    ]);
  };
