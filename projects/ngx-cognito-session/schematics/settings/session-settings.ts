import { SchematicsException } from '@angular-devkit/schematics';

/** The options that describe a user pool; empty where the user has given none. */
export interface SettingsOptions {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly region: string;
  readonly domain: string;
  readonly endpoint: string;
  /** The grace period of refresh token rotation; without rotation nothing. */
  readonly rotationGraceSeconds?: number;
  /** One URL, several, or several in one text, separated by commas. */
  readonly apiUrl: string | readonly string[];
}

/** A value that the user has to replace. */
export interface Placeholder {
  readonly name: 'userPoolId' | 'clientId' | 'domain';
  readonly value: string;
}

/** The user pool, managed login and the APIs of an app, as its configuration is going to name them. */
export interface SessionSettings {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** Empty: that of AWS. */
  readonly endpoint: string;
  readonly domain: string;
  readonly apiUrls: readonly string[];
  readonly rotationGraceSeconds: number | null;
  readonly placeholders: readonly Placeholder[];
}

/** Without any option: placeholders. */
export const NO_SETTINGS: SettingsOptions = {
  userPoolId: '',
  clientId: '',
  region: '',
  domain: '',
  endpoint: '',
  apiUrl: [],
};

/** What cognito-emulator has by default. */
const LOCAL_POOL = {
  region: 'eu-west-1',
  userPoolId: 'eu-west-1_Emulator1',
  clientId: '1example23456789emulator01',
};

const regionOf = (userPoolId: string): string => userPoolId.split('_')[0] ?? '';
const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

function regionFor({ region, userPoolId }: SettingsOptions, isLocal: boolean): string {
  const ofPool = regionOf(userPoolId);
  if (region !== '' && ofPool !== '' && region !== ofPool)
    throw new SchematicsException(`The user pool ${userPoolId} is in ${ofPool}, and not in ${region}.`);
  if (isLocal && userPoolId === '') return LOCAL_POOL.region;
  return region || ofPool || 'eu-west-1';
}

function apiUrlsOf(given: SettingsOptions['apiUrl']): readonly string[] {
  const urls = [given]
    .flat()
    .flatMap((text) => text.split(','))
    .map((url) => url.trim())
    .filter((url) => url !== '');
  for (const url of urls)
    if (!/^(?:\/(?!\/)|https?:\/\/[^/\s])\S*$/.test(url))
      throw new SchematicsException(`The API ${url} is neither a path such as /api nor an absolute URL.`);
  return urls;
}

/** Completes the options: from the user pool ID, from the local Cognito, or with placeholders. Pure. */
export function sessionSettings(options: SettingsOptions): SessionSettings {
  const endpoint = withoutSlash(options.endpoint);
  const isLocal = endpoint !== '';
  const region = regionFor(options, isLocal);
  const local = isLocal ? { ...LOCAL_POOL, domain: endpoint } : { userPoolId: '', clientId: '', domain: '' };
  const given = {
    userPoolId: options.userPoolId || local.userPoolId,
    clientId: options.clientId || local.clientId,
    // Managed login is named without its scheme, unless it is a local one.
    domain: withoutSlash(options.domain.replace(/^https:\/\//, '')) || local.domain,
  };
  const placeholders: readonly Placeholder[] = (
    [
      { name: 'userPoolId', value: `${region}_YourUserPoolId` },
      { name: 'clientId', value: 'your-app-client-id' },
      { name: 'domain', value: `your-domain.auth.${region}.amazoncognito.com` },
    ] as const
  ).filter(({ name }) => given[name] === '');
  return {
    region,
    endpoint,
    apiUrls: apiUrlsOf(options.apiUrl),
    rotationGraceSeconds: options.rotationGraceSeconds ?? null,
    ...given,
    ...Object.fromEntries(placeholders.map(({ name, value }) => [name, value])),
    placeholders,
  };
}
