import type { Bytes, Sizes } from './measure';

export interface Scenario {
  readonly name: string;
  /** What the app imports, by entry point ('' is the primary one). */
  readonly imports: Readonly<Record<string, readonly string[]>>;
  /** gzip, bytes. */
  readonly budget: { readonly initial: number; readonly lazy: number };
}

const CORE = ['provideSession', 'SessionService', 'withLocalStorage'];
const HTTP = ['sessionInterceptor', 'withTokenInjection'];
const ROUTER = ['signedInGuard', 'signedOutGuard', 'groupGuard', 'withSignInRoute'];
const ENGINE = 32_500;

/** What an app takes of the library. Budgets leave a few per cent of room: growth is to be noticed when it is made. */
export const scenarios: readonly Scenario[] = [
  { name: 'session', imports: { '': CORE }, budget: { initial: 9_300, lazy: ENGINE } },
  { name: 'session, HTTP', imports: { '': [...CORE, ...HTTP] }, budget: { initial: 9_900, lazy: ENGINE } },
  {
    name: 'session, HTTP, router',
    imports: { '': [...CORE, ...HTTP, ...ROUTER] },
    budget: { initial: 10_800, lazy: ENGINE },
  },
  {
    name: 'session, cookies',
    imports: { '': ['provideSession', 'SessionService', 'withCookieStorage'] },
    budget: { initial: 11_500, lazy: ENGINE },
  },
  {
    name: 'session, AWS SDK',
    imports: { '': CORE, 'aws-sdk': ['withAwsSdk'] },
    budget: { initial: 10_600, lazy: ENGINE + 500 },
  },
];

/** An app that uses everything it imports. */
export function codeOf({ imports }: Scenario, distribution: string): string {
  const lines = Object.entries(imports).map(([entryPoint, names]) => {
    const file = ['ngx-cognito-session', entryPoint].filter((part) => part !== '').join('-');
    return `import { ${names.join(', ')} } from '${distribution}/fesm2022/${file}.mjs';`;
  });
  return [...lines, `console.log(${Object.values(imports).flat().join(', ')});`].join('\n');
}

export interface Verdict {
  readonly isWithin: boolean;
  readonly row: readonly string[];
}

/** Judges what was measured. Pure. */
export function judge({ name, budget }: Scenario, { initial, lazy }: Sizes): Verdict {
  const isWithin = initial.gzip <= budget.initial && lazy.gzip <= budget.lazy;
  return {
    isWithin,
    row: [
      name,
      inKilobytes(initial),
      kilobytes(budget.initial),
      inKilobytes(lazy),
      kilobytes(budget.lazy),
      isWithin ? 'ok' : 'TOO BIG',
    ],
  };
}

function inKilobytes({ raw, gzip, brotli }: Bytes): string {
  return [raw, gzip, brotli].map(kilobytes).join(' / ');
}

/** kB of 1000 bytes, as bundlers say it. */
function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}
