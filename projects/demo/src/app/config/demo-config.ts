/** What `config.json` says: which user pool this build of the demo talks to. */
export interface DemoConfig {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** User-pool endpoint; without it the region's own. */
  readonly endpoint?: string;
  /** Origin of the protected API; without it there is none to call. */
  readonly apiUrl?: string;
  /** Whom to sign in as, where the pool is a local one with a known user. */
  readonly seededUser?: SeededUser;
}

export interface SeededUser {
  readonly username: string;
  readonly password: string;
}

/** Reads the answer of `config.json`. Throws with the name of the field that is wrong. Pure. */
export function parseDemoConfig(value: unknown): DemoConfig {
  const fields = record(value, 'config.json');
  const endpoint = optionalText(fields, 'endpoint');
  const apiUrl = optionalText(fields, 'apiUrl');
  const seededUser = fields['seededUser'];
  return {
    region: text(fields, 'region'),
    userPoolId: text(fields, 'userPoolId'),
    clientId: text(fields, 'clientId'),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(apiUrl === undefined ? {} : { apiUrl }),
    ...(seededUser === undefined ? {} : { seededUser: parseSeededUser(seededUser) }),
  };
}

function parseSeededUser(value: unknown): SeededUser {
  const fields = record(value, 'seededUser');
  return { username: text(fields, 'username'), password: text(fields, 'password') };
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
