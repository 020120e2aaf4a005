/** What this server reads from the environment. The package reads the rest: user pool, app client, secret, table. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** The origin that browsers see. */
  readonly appOrigin: string;
  /** The API behind this server. */
  readonly apiOrigin: string;
  /** 32 random bytes, base64url: the tokens of a device that is signed out from another one are revoked. */
  readonly masterKey: string;
  /** `SameSite` of the session cookie. */
  readonly sameSite: 'Lax' | 'Strict';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws with the name of a missing variable. Pure. */
export function readSettings(environment: Environment): Settings {
  return {
    host: environment['HOST'] ?? '127.0.0.1',
    port: Number(environment['PORT'] ?? '4000'),
    appOrigin: required(environment, 'APP_ORIGIN'),
    apiOrigin: required(environment, 'API_ORIGIN'),
    masterKey: required(environment, 'MASTER_KEY'),
    sameSite: environment['SAME_SITE'] === 'Strict' ? 'Strict' : 'Lax',
  };
}

function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (value === undefined || value === '') throw new Error(`The environment variable ${name} is missing.`);
  return value;
}
