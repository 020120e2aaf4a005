import { complainOfParts, tokenParts, type OptionalPart } from '../optional-parts';
import type { Bytes, Sizes } from './measure';

/** Names by where they come from. */
type Imports = Readonly<Record<string, readonly string[]>>;

export interface Scenario {
  readonly name: string;
  /** What the app imports, by entry point ('' is the primary one). */
  readonly imports: Imports;
  /** What it imports of other packages anyway; without it these are left out. */
  readonly host?: Imports;
  /** The optional parts of the library that its code contains, all of them. */
  readonly parts: readonly OptionalPart[];
  readonly budget: { readonly initial: Budget; readonly lazy: Budget };
}

/** Bytes. */
export type Budget = Pick<Bytes, 'gzip' | 'brotli'>;

const CORE = ['provideSession', 'SessionService', 'withLocalStorage'];
const HTTP = ['sessionInterceptor', 'withTokenInjection'];
const ROUTER = ['signedInGuard', 'signedOutGuard', 'groupGuard', 'withSignInRoute'];
const NO_CODE: Budget = { gzip: 0, brotli: 0 };

/** Common sets of imports. The budgets are a ratchet: what was reached, with next to
 * no room. The aim is 20 kB gzip for the session and 23.5 kB with HTTP and guards. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'session',
    imports: { '': CORE },
    parts: tokenParts,
    budget: { initial: { gzip: 28_200, brotli: 25_290 }, lazy: NO_CODE },
  },
  {
    name: 'session, HTTP',
    imports: { '': [...CORE, ...HTTP] },
    parts: [...tokenParts, 'HTTP'],
    budget: { initial: { gzip: 30_830, brotli: 27_600 }, lazy: NO_CODE },
  },
  {
    name: 'session, HTTP, router',
    imports: { '': [...CORE, ...HTTP, ...ROUTER] },
    parts: [...tokenParts, 'HTTP', 'guards', 'session end'],
    budget: { initial: { gzip: 33_490, brotli: 30_030 }, lazy: NO_CODE },
  },
  {
    name: 'session, cookies',
    imports: { '': ['provideSession', 'SessionService', 'withCookieStorage'] },
    parts: [...tokenParts, 'cookies'],
    budget: { initial: { gzip: 30_410, brotli: 27_190 }, lazy: NO_CODE },
  },
  {
    name: 'session, AWS SDK',
    imports: { '': CORE, 'aws-sdk': ['withAwsSdk'] },
    parts: tokenParts,
    budget: { initial: { gzip: 29_290, brotli: 26_120 }, lazy: { gzip: 200, brotli: 170 } },
  },
  // The aim is 2.5 kB more than the session.
  {
    name: 'session, AWS credentials',
    imports: {
      '': CORE,
      'aws-credentials': ['provideAwsCredentials', 'AwsCredentialsService', 'awsCredentialsProvider'],
    },
    parts: tokenParts,
    budget: { initial: { gzip: 31_700, brotli: 28_370 }, lazy: NO_CODE },
  },
  // The lazy part is beside oauth4webapi itself.
  {
    name: 'session, HTTP, router, managed login',
    imports: {
      '': [...CORE, ...HTTP, ...ROUTER],
      'managed-login': ['withManagedLogin', 'ManagedLogin', 'managedLoginCallback', 'managedLoginTarget'],
    },
    parts: [...tokenParts, 'HTTP', 'guards', 'session end'],
    budget: { initial: { gzip: 35_170, brotli: 31_500 }, lazy: { gzip: 4_370, brotli: 3_890 } },
  },
  // The lazy part is aws-jwt-verify, and what calls it.
  {
    name: 'session, verification',
    imports: { '': CORE, verification: ['withTokenVerification'] },
    parts: [...tokenParts, 'verification'],
    budget: { initial: { gzip: 29_730, brotli: 26_610 }, lazy: { gzip: 6_360, brotli: 5_660 } },
  },
  {
    name: 'session, idle',
    imports: { '': CORE, idle: ['withIdleSignOut', 'IdleSignOut'] },
    parts: tokenParts,
    budget: { initial: { gzip: 29_710, brotli: 26_570 }, lazy: NO_CODE },
  },
  {
    name: 'session, migration from Amplify',
    imports: { '': CORE, migration: ['withAmplifyMigration'] },
    parts: tokenParts,
    budget: { initial: { gzip: 30_160, brotli: 26_950 }, lazy: NO_CODE },
  },
  // The tokens are on a server: no refresh, no record, and no locks between tabs.
  {
    name: 'server session, HTTP, router',
    imports: {
      '': ['SessionService', 'sessionInterceptor', ...ROUTER],
      'server-session': ['provideServerSession', 'serverSignIn'],
    },
    parts: ['guards', 'session end'],
    budget: { initial: { gzip: 14_680, brotli: 13_360 }, lazy: NO_CODE },
  },
  // Nothing of the panel: a feature that does nothing, and no lazy part.
  {
    name: 'session, HTTP, devtools',
    imports: { '': [...CORE, ...HTTP], devtools: ['withDevtools'] },
    parts: [...tokenParts, 'HTTP'],
    budget: { initial: { gzip: 30_850, brotli: 27_640 }, lazy: NO_CODE },
  },
  // The lazy part is the panel. Names of storages are shown, so that cookies are recognised.
  {
    name: 'session, HTTP, devtools in production',
    imports: { '': [...CORE, ...HTTP], 'devtools/production': ['withDevtools'] },
    parts: [...tokenParts, 'HTTP', 'cookies', 'devtools', 'panel'],
    budget: { initial: { gzip: 40_290, brotli: 35_970 }, lazy: { gzip: 9_900, brotli: 8_840 } },
  },
  // With the parts of Angular and RxJS that nothing else in the app uses: the most that the library can add to an app.
  {
    name: 'session, HTTP, router, and nothing else of RxJS',
    imports: { '': [...CORE, ...HTTP, ...ROUTER] },
    host: {
      '@angular/platform-browser': ['bootstrapApplication'],
      '@angular/router': ['provideRouter'],
      '@angular/common/http': ['provideHttpClient', 'withInterceptors'],
    },
    parts: [...tokenParts, 'HTTP', 'guards', 'session end'],
    budget: { initial: { gzip: 35_380, brotli: 30_930 }, lazy: NO_CODE },
  },
  // Never in an app, but in every file of its tests.
  {
    name: 'a test',
    imports: { testing: ['provideSessionTesting', 'SessionTestingController', 'expectAuthorized'] },
    parts: [...tokenParts, 'console logger'],
    budget: { initial: { gzip: 33_190, brotli: 29_540 }, lazy: NO_CODE },
  },
];

/** An app that uses everything it imports. */
export function codeOf({ imports, host = {} }: Scenario, distribution: string): string {
  const own = Object.entries(imports).map(([entryPoint, names]) => {
    const file = ['ngx-cognito-session', ...entryPoint.split('/')].filter((part) => part !== '').join('-');
    return [`${distribution}/fesm2022/${file}.mjs`, names] as const;
  });
  const all = [...own, ...Object.entries(host)];
  return [
    ...all.map(([from, names]) => `import { ${names.join(', ')} } from '${from}';`),
    `console.log(${all.flatMap(([, names]) => names).join(', ')});`,
  ].join('\n');
}

export interface Verdict {
  readonly isWithin: boolean;
  readonly row: readonly string[];
}

/** Judges the sizes that were measured, and the optional parts that were found. Pure. */
export function judge(
  { name, budget, parts }: Scenario,
  { initial, lazy }: Sizes,
  found: readonly OptionalPart[],
): Verdict {
  const isSmall = fits(initial, budget.initial) && fits(lazy, budget.lazy);
  const complaints = [isSmall ? null : 'TOO BIG', complainOfParts(found, parts)].filter(
    (complaint) => complaint !== null,
  );
  return {
    isWithin: complaints.length === 0,
    row: [
      name,
      inKilobytes(initial),
      allowed(budget.initial),
      inKilobytes(lazy),
      allowed(budget.lazy),
      complaints.join(', ') || 'ok',
    ],
  };
}

function fits({ gzip, brotli }: Bytes, budget: Budget): boolean {
  return gzip <= budget.gzip && brotli <= budget.brotli;
}

function allowed({ gzip, brotli }: Budget): string {
  return [gzip, brotli].map(kilobytes).join(' / ');
}

function inKilobytes({ raw, gzip, brotli }: Bytes): string {
  return [raw, gzip, brotli].map(kilobytes).join(' / ');
}

/** kB of 1000 bytes, as bundlers say it. */
function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}
