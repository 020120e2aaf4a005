import { parseArgs } from 'node:util';

/** Which user pool the demo talks to. */
export type PoolChoice =
  | { readonly kind: 'emulator'; readonly tokenSeconds: number }
  | {
      readonly kind: 'userPool';
      readonly region: string;
      readonly userPoolId: string;
      readonly clientId: string;
      readonly endpoint?: string;
      readonly apiUrl?: string;
      /** An identity pool that knows the user pool, and a bucket in its region. */
      readonly identityPoolId?: string;
      readonly bucket?: string;
      /** The user pool's domain, for managed login. */
      readonly domain?: string;
      /** A user who can sign in, to be named to the person who started the demo. */
      readonly username?: string;
    };

export interface StartOptions {
  /** The requested port. If it is in use, the next free one is taken. */
  readonly port: number;
  readonly pool: PoolChoice;
  /** `false`: serve what was built last, however old. */
  readonly build: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export const USAGE = `npm start -- [--port 4200] [--token-seconds 300] [--no-build]

  --port           where the demo is served; also DEMO_PORT
  --token-seconds  how long tokens and AWS credentials of the local Cognito live; also DEMO_TOKEN_SECONDS
  --no-build       serve what was built last
  --help           print this and end

  COGNITO_REGION, COGNITO_USER_POOL_ID and COGNITO_CLIENT_ID, all three: that user pool instead of a local one.
  COGNITO_ENDPOINT: where it answers, if not at the region's address. DEMO_API_URL: a protected API of your own.
  COGNITO_DOMAIN: the user pool's domain. With it the demo offers managed login, which leads back to /callback.
  COGNITO_USERNAME: the user to name as the one who can sign in.
  COGNITO_IDENTITY_POOL_ID: an identity pool that knows the user pool. DEMO_BUCKET: a bucket in which its role may use the keys below its identity id.`;

const POOL_VARIABLES = ['COGNITO_REGION', 'COGNITO_USER_POOL_ID', 'COGNITO_CLIENT_ID'] as const;

/** Whether the person asks for the usage, whatever else is there. Pure. */
export const asksForHelp = (args: readonly string[]): boolean =>
  args.includes('--help') || args.includes('-h');

/** Reads arguments and environment. Throws with a sentence for the person who started it. Pure. */
export function readOptions(args: readonly string[], environment: Environment): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      'token-seconds': { type: 'string' },
      'no-build': { type: 'boolean', default: false },
    },
  });
  const port = values.port ?? setting(environment, 'DEMO_PORT') ?? '4200';
  const seconds = values['token-seconds'] ?? setting(environment, 'DEMO_TOKEN_SECONDS') ?? '300';
  return {
    port: wholeNumber('The port', port, 65_535),
    pool: readPool(environment, wholeNumber('The lifetime of tokens', seconds, 86_400)),
    build: !values['no-build'],
  };
}

function readPool(environment: Environment, tokenSeconds: number): PoolChoice {
  const [region, userPoolId, clientId] = POOL_VARIABLES.map((name) => setting(environment, name));
  if (region !== undefined && userPoolId !== undefined && clientId !== undefined) {
    const endpoint = address(environment, 'COGNITO_ENDPOINT');
    const apiUrl = address(environment, 'DEMO_API_URL');
    const username = setting(environment, 'COGNITO_USERNAME');
    const domain = setting(environment, 'COGNITO_DOMAIN');
    const identityPoolId = setting(environment, 'COGNITO_IDENTITY_POOL_ID');
    const bucket = setting(environment, 'DEMO_BUCKET');
    return {
      kind: 'userPool',
      region,
      userPoolId,
      clientId,
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(apiUrl === undefined ? {} : { apiUrl }),
      ...(username === undefined ? {} : { username }),
      ...(domain === undefined ? {} : { domain }),
      ...(identityPoolId === undefined ? {} : { identityPoolId }),
      ...(bucket === undefined ? {} : { bucket }),
    };
  }
  const missing = POOL_VARIABLES.filter((name) => setting(environment, name) === undefined);
  // A pool that is half named must not quietly become a local one.
  if (missing.length < POOL_VARIABLES.length)
    throw new Error(`A user pool needs ${missing.join(' and ')} as well.`);
  return { kind: 'emulator', tokenSeconds };
}

/** A variable that is set to nothing is not set. */
function setting(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  return value === '' ? undefined : value;
}

function address(environment: Environment, name: string): string | undefined {
  const value = setting(environment, name);
  if (value !== undefined && !/^https?:\/\//.test(value)) throw new Error(`${name} is no http(s) address.`);
  return value;
}

function wholeNumber(what: string, text: string, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > max)
    throw new Error(`${what} is a whole number from 1 to ${max}, not '${text}'.`);
  return value;
}
