import { installPeers } from './harness/install-peers';
import { readOptions } from './harness/options';
import { report } from './harness/save';
import { machine, versionsOf } from './harness/versions';
import { measureBytes } from './points/bytes';
import type { Table } from './results';
import type { Peer } from './peers';

/** What needs no browser. */
const PARTS = {
  bytes: { rounds: 1, measure: measureBytes },
} satisfies Record<
  string,
  { rounds: number; measure: (peers: readonly Peer[], rounds: number) => Promise<readonly Table[]> }
>;

async function main(): Promise<void> {
  const { parts, peers, save } = readOptions(process.argv.slice(2), ['bytes']);
  await installPeers();
  for (const id of parts) {
    const { rounds, measure } = PARTS[id];
    await report(
      {
        id,
        command: 'npm run bench',
        date: new Date().toISOString().slice(0, 10),
        machine: machine(),
        rounds,
        versions: versionsOf(peers),
        tables: await measure(peers),
      },
      save,
    );
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
