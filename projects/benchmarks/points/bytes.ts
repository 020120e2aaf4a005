import { brotliCompressSync, gzipSync } from 'node:zlib';
import { startLinker, type Linker } from '../../../tools/angular-linker';
import { buildPage, type Scenario, type Script } from '../harness/page-build';
import type { Peer } from '../peers';
import type { Metric, Row, Table } from '../results';

const SCENARIOS = ['session', 'session, HTTP', 'session, HTTP, guard'] as const satisfies Scenario[];

const metric = (id: string, label: string): Metric => ({ id, label, digits: 1, hasRatio: false });
const METRICS: readonly Metric[] = [
  metric('initialRaw', 'initial, kB raw'),
  metric('initialGzip', 'gzip'),
  metric('initialBrotli', 'brotli'),
  metric('allRaw', 'in all, kB raw'),
  metric('allGzip', 'gzip'),
  metric('allBrotli', 'brotli'),
];

/** The page with nothing of a session. */
const BASE = 'base';

/** Any values: they stand for the same in all pages. */
const CONFIG = {
  region: 'eu-west-1',
  userPoolId: 'eu-west-1_Example01',
  clientId: '1example23456789',
  endpoint: 'https://cognito-idp.eu-west-1.amazonaws.com',
  issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Example01',
  otherEndpoint: 'https://login.example.com',
};

/** What each library adds to a production build of the same app, by what the app uses. */
export async function measureBytes(peers: readonly Peer[]): Promise<readonly Table[]> {
  const linker = startLinker({ advancedOptimizations: true });
  try {
    const base = bytesOf(await buildPage(BASE, 'session', CONFIG, linker));
    const tables: Table[] = [];
    for (const scenario of SCENARIOS) {
      const rows: Row[] = [];
      for (const { name } of peers) rows.push(await rowOf(name, scenario, base, linker));
      tables.push({ id: idOf(scenario), title: `Bytes: ${scenario}`, metrics: METRICS, rows });
    }
    return tables;
  } finally {
    await linker.close();
  }
}

const idOf = (scenario: string) => `bytes-${scenario.replaceAll(/[ ,]+/g, '-').toLowerCase()}`;

async function rowOf(
  peer: string,
  scenario: Scenario,
  base: ReadonlyMap<string, number>,
  linker: Linker,
): Promise<Row> {
  const bytes = bytesOf(await buildPage(peer, scenario, CONFIG, linker));
  const values = METRICS.map(({ id }) => {
    const kB = ((bytes.get(id) ?? NaN) - (base.get(id) ?? NaN)) / 1000;
    return [id, { median: kB, min: kB, max: kB }] as const;
  });
  return { peer, values: Object.fromEntries(values) };
}

/** By the names of the metrics. */
function bytesOf(scripts: readonly Script[]): ReadonlyMap<string, number> {
  const total = (chosen: readonly Script[], size: (code: string) => number) =>
    chosen.reduce((sum, { code }) => sum + size(code), 0);
  const sizes = [
    ['Raw', (code: string) => Buffer.byteLength(code)],
    ['Gzip', (code: string) => gzipSync(code, { level: 9 }).length],
    ['Brotli', (code: string) => brotliCompressSync(code).length],
  ] as const;
  const initial = scripts.filter(({ isInitial }) => isInitial);
  return new Map(
    sizes.flatMap(([name, size]) => [
      [`initial${name}`, total(initial, size)] as const,
      [`all${name}`, total(scripts, size)] as const,
    ]),
  );
}
