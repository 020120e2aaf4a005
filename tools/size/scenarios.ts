import type { Bytes, Sizes } from './measure';

/** Names by where they come from. */
type Imports = Readonly<Record<string, readonly string[]>>;

export interface Scenario {
  readonly name: string;
  /** What the app imports, by entry point ('' is the primary one). */
  readonly imports: Imports;
  /** What it imports of other packages anyway; without it these are left out. */
  readonly host?: Imports;
  readonly budget: { readonly initial: Budget; readonly lazy: Budget };
}

/** Bytes. */
export type Budget = Pick<Bytes, 'gzip' | 'brotli'>;

const CORE = ['provideSession', 'SessionService', 'withLocalStorage'];
const HTTP = ['sessionInterceptor', 'withTokenInjection'];
const ROUTER = ['signedInGuard', 'signedOutGuard', 'groupGuard', 'withSignInRoute'];
const ENGINE: Budget = { gzip: 34_700, brotli: 30_500 };

/** What an app takes of the library. Budgets leave a few per cent of room: growth is to be noticed when it is made. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'session',
    imports: { '': CORE },
    budget: { initial: { gzip: 5_250, brotli: 4_750 }, lazy: ENGINE },
  },
  {
    name: 'session, HTTP',
    imports: { '': [...CORE, ...HTTP] },
    budget: { initial: { gzip: 6_700, brotli: 6_050 }, lazy: ENGINE },
  },
  {
    name: 'session, HTTP, router',
    imports: { '': [...CORE, ...HTTP, ...ROUTER] },
    budget: { initial: { gzip: 7_000, brotli: 6_500 }, lazy: ENGINE },
  },
  {
    name: 'session, cookies',
    imports: { '': ['provideSession', 'SessionService', 'withCookieStorage'] },
    budget: { initial: { gzip: 7_600, brotli: 6_800 }, lazy: ENGINE },
  },
  {
    name: 'session, AWS SDK',
    imports: { '': CORE, 'aws-sdk': ['withAwsSdk'] },
    budget: { initial: { gzip: 6_700, brotli: 6_100 }, lazy: { gzip: 34_900, brotli: 30_700 } },
  },
  // With what it takes of Angular and RxJS that nobody else in the app does: the most that it can add to one.
  {
    name: 'session, HTTP, router, and nothing else of RxJS',
    imports: { '': [...CORE, ...HTTP, ...ROUTER] },
    host: {
      '@angular/platform-browser': ['bootstrapApplication'],
      '@angular/router': ['provideRouter'],
      '@angular/common/http': ['provideHttpClient', 'withInterceptors'],
    },
    budget: { initial: { gzip: 9_950, brotli: 8_600 }, lazy: ENGINE },
  },
  // Never in an app, but in every file of its tests.
  {
    name: 'a test',
    imports: { testing: ['provideSessionTesting', 'SessionTestingController', 'expectAuthorized'] },
    budget: { initial: { gzip: 43_900, brotli: 38_800 }, lazy: { gzip: 0, brotli: 0 } },
  },
];

/** An app that uses everything it imports. */
export function codeOf({ imports, host = {} }: Scenario, distribution: string): string {
  const own = Object.entries(imports).map(([entryPoint, names]) => {
    const file = ['ngx-cognito-session', entryPoint].filter((part) => part !== '').join('-');
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

/** Judges what was measured. Pure. */
export function judge({ name, budget }: Scenario, { initial, lazy }: Sizes): Verdict {
  const isWithin = fits(initial, budget.initial) && fits(lazy, budget.lazy);
  return {
    isWithin,
    row: [
      name,
      inKilobytes(initial),
      allowed(budget.initial),
      inKilobytes(lazy),
      allowed(budget.lazy),
      isWithin ? 'ok' : 'TOO BIG',
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
