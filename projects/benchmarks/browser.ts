import { startLinker } from '../../tools/angular-linker';
import { installPeers } from './harness/install-peers';
import { readOptions } from './harness/options';
import { report } from './harness/save';
import { openSite, type Site } from './harness/site';
import { measureBursts } from './points/burst';
import { measureCalls } from './points/calls';
import { measureNavigation } from './points/navigation';
import { measureTabs } from './points/tabs';
import type { Table } from './results';

interface Part {
  /** If none are asked for. */
  readonly rounds: number;
  readonly measure: (sites: readonly Site[], rounds: number) => Promise<readonly Table[]>;
}

/** What needs a browser. */
const PARTS: Readonly<Record<'calls' | 'burst' | 'tabs' | 'navigation', Part>> = {
  calls: { rounds: 5, measure: measureCalls },
  burst: { rounds: 3, measure: measureBursts },
  tabs: { rounds: 3, measure: measureTabs },
  navigation: { rounds: 3, measure: measureNavigation },
};

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), ['calls', 'burst', 'tabs', 'navigation']);
  await installPeers();
  const linker = startLinker({ advancedOptimizations: true });
  const sites: Site[] = [];
  try {
    for (const peer of options.peers) {
      console.log(`Building the pages of ${peer.name} …`);
      sites.push(await openSite(peer, linker));
    }
    for (const id of options.parts) {
      const { measure, rounds: usual } = PARTS[id];
      const rounds = options.rounds ?? usual;
      console.log(`Measuring ${id}, rounds: ${rounds} …`);
      const tables = await measure(sites, rounds);
      await report({ id, command: 'npm run bench:browser', rounds, tables }, options);
    }
  } finally {
    for (const site of sites) await site.close();
    await linker.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
