import { installPeers } from './harness/install-peers';
import { readOptions } from './harness/options';
import { report } from './harness/save';
import type { Peer } from './peers';
import { measureBytes } from './points/bytes';
import type { Table } from './results';

/** What needs no browser. */
interface Part {
  /** If none are asked for. */
  readonly rounds: number;
  readonly measure: (peers: readonly Peer[], rounds: number) => Promise<readonly Table[]>;
}

const PARTS: Readonly<Record<'bytes', Part>> = {
  bytes: { rounds: 1, measure: measureBytes },
};

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), ['bytes']);
  await installPeers();
  for (const id of options.parts) {
    const { measure, rounds: usual } = PARTS[id];
    const rounds = options.rounds ?? usual;
    const tables = await measure(options.peers, rounds);
    await report({ id, command: 'npm run bench', rounds, tables }, options);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
