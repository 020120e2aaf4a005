/** What `config.json` says: which user pool this build of the demo talks to. */
export interface DemoConfig {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** User-pool endpoint; without it the region's own. */
  readonly endpoint?: string;
  /** Origin of the protected API; without it there is none to call. */
  readonly apiUrl?: string;
  /** Who can sign in, where the pool is a local one with known users. */
  readonly seededUsers?: readonly SeededUser[];
  /** The pages of Cognito that sign a user in; without it the demo signs in with a password only. */
  readonly managedLogin?: { readonly domain: string };
  /** Whether Cognito is a local one that the page may see and steer, below `/_emulator/`. */
  readonly emulator?: true;
  /** How long tokens of the local Cognito live, as it was started. */
  readonly tokenSeconds?: number;
  /** The app clients of the local Cognito for the panel that compares two sides. */
  readonly sideBySide?: SideBySideConfig;
  /** The identity pool and what its credentials open; without it the demo has no AWS credentials. */
  readonly aws?: DemoAwsConfig;
}

export interface DemoAwsConfig {
  readonly identityPoolId: string;
  /** Identity-pool endpoint; without it the Region's own. */
  readonly identityEndpoint?: string;
  /** Whether the identity pool has guests. */
  readonly guests: boolean;
  /** Where files are stored. Each identity has the keys below `<identity id>/`; without a bucket there are no files. */
  readonly bucket?: string;
  /** S3 endpoint, addressed by path; without it the Region's own. */
  readonly s3Url?: string;
  /** Origin of an API that checks signatures (`execute-api`), at `/signed/hello`; without it there is none to call. */
  readonly signedApiUrl?: string;
}

export interface SideBySideConfig {
  readonly library: string;
  readonly naive: string;
}

export interface SeededUser {
  readonly username: string;
  readonly password: string;
  readonly groups: readonly string[];
}

/** Reads the answer of `config.json`. Throws with the name of the field that is wrong. Pure. */
export function parseDemoConfig(value: unknown): DemoConfig {
  const fields = record(value, 'config.json');
  const endpoint = optionalText(fields, 'endpoint');
  const apiUrl = optionalText(fields, 'apiUrl');
  const { seededUsers, managedLogin, emulator, tokenSeconds, sideBySide, aws } = fields;
  return {
    region: text(fields, 'region'),
    userPoolId: text(fields, 'userPoolId'),
    clientId: text(fields, 'clientId'),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(apiUrl === undefined ? {} : { apiUrl }),
    ...(Array.isArray(seededUsers) ? { seededUsers: seededUsers.map(parseSeededUser) } : {}),
    ...(managedLogin === undefined ? {} : { managedLogin: parseManagedLogin(managedLogin) }),
    ...(emulator === true ? { emulator } : {}),
    ...(typeof tokenSeconds === 'number' ? { tokenSeconds } : {}),
    ...(sideBySide === undefined ? {} : { sideBySide: parseSideBySide(sideBySide) }),
    ...(aws === undefined ? {} : { aws: parseAws(aws) }),
  };
}

function parseSeededUser(value: unknown): SeededUser {
  const fields = record(value, 'seededUser');
  const { groups } = fields;
  return {
    username: text(fields, 'username'),
    password: text(fields, 'password'),
    groups: Array.isArray(groups) ? groups.map(String) : [],
  };
}

function parseManagedLogin(value: unknown): { readonly domain: string } {
  return { domain: text(record(value, 'managedLogin'), 'domain') };
}

function parseSideBySide(value: unknown): SideBySideConfig {
  const fields = record(value, 'sideBySide');
  return { library: text(fields, 'library'), naive: text(fields, 'naive') };
}

function parseAws(value: unknown): DemoAwsConfig {
  const fields = record(value, 'aws');
  const optional = ['identityEndpoint', 'bucket', 's3Url', 'signedApiUrl'] as const;
  return {
    identityPoolId: text(fields, 'identityPoolId'),
    guests: fields['guests'] === true,
    ...Object.fromEntries(
      optional.flatMap((name) => (fields[name] === undefined ? [] : [[name, text(fields, name)]])),
    ),
  };
}

function record(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new Error(`${name} is no object`);
  return value as Record<string, unknown>;
}

function text(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string' || value === '') throw new Error(`config.json: ${name} is missing`);
  return value;
}

function optionalText(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  return fields[name] === undefined ? undefined : text(fields, name);
}
