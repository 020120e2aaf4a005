/** What a test wants to see rendered. It lies in a cookie, so that server and browser read the same. */
export interface FixtureSettings {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly endpoint: string;
  readonly apiUrl: string;
  readonly storage: 'memory' | 'local' | 'session' | 'indexedDb' | 'cookie' | 'own';
  readonly guards?: 'defer' | 'allow' | 'signIn';
  /** Whether the app starts with the end of its first navigation. */
  readonly blocking?: boolean;
  /** Whether tokens go to the API from the server as well. */
  readonly onServer?: boolean;
  /** Whether server and browser verify tokens. */
  readonly verifies?: boolean;
}

export const SETTINGS_COOKIE = 'fixture';

const AT_BUILD_TIME: FixtureSettings = {
  region: 'eu-west-1',
  userPoolId: 'eu-west-1_Prerender',
  clientId: 'prerender',
  endpoint: 'https://cognito.invalid',
  apiUrl: 'https://api.invalid',
  storage: 'cookie',
};

/** From the text of all cookies. */
export function fixtureSettings(cookies: string): FixtureSettings {
  const [, value] = new RegExp(`(?:^|; )${SETTINGS_COOKIE}=([^;]+)`).exec(cookies) ?? [];
  return value === undefined ? AT_BUILD_TIME : (JSON.parse(decodeURIComponent(value)) as FixtureSettings);
}
