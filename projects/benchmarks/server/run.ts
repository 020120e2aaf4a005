import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { resultsFolder } from '../harness/folders';
import { markdownOf } from '../markdown';
import { today, versionIn, versionsOf } from '../versions';
import { refreshByInstances } from './instances';
import { countOperations } from './operations';
import { installPeers, peersFolder } from './peers';
import { measureRequests } from './requests';
import type { InstancesResult, ServerResults } from './results';
import { instancesTable, operationTable, requestTable } from './tables';

const INSTANCES = [1, 10, 50, 200] as const;
const PEERS = ['express-session', 'connect-dynamodb', 'iron-session'] as const;

/** Measures sessions on a server, prints tables, and keeps them in `results/server.json` if that is wanted. */
export async function run({ save }: { readonly save: boolean }): Promise<void> {
  installPeers();
  const instances: InstancesResult[] = [];
  for (const count of INSTANCES) instances.push(await refreshByInstances(count));
  const results: ServerResults = {
    date: today(),
    machine: `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}`,
    versions: {
      ...versionsOf('express', 'dynalite', '@aws-sdk/client-dynamodb'),
      ...Object.fromEntries(
        PEERS.map((name) => [name, versionIn(resolve(peersFolder, 'node_modules', name))]),
      ),
    },
    requests: await measureRequests(),
    operations: await countOperations(),
    instances,
  };
  console.log(reportOf(results));
  if (save) writeFileSync(resolve(resultsFolder, 'server.json'), `${JSON.stringify(results, null, 2)}\n`);
}

/** The tables, with versions and date. */
function reportOf(results: ServerResults): string {
  const versions = Object.entries(results.versions).map((entry) => entry.join(' '));
  return [
    `Server sessions. ${[results.date, results.machine, ...versions].join(', ')}`,
    ...[requestTable, operationTable, instancesTable].map((table) => markdownOf(table(results))),
  ].join('\n\n');
}
