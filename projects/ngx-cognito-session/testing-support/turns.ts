import { IndexedDbItems } from '../src/lib/storage/indexed-db-items';

/** Gives promises and databases their turns; no time passes. */
export async function turns(count = 3): Promise<void> {
  const elsewhere = new IndexedDbItems('elsewhere');
  for (let turn = 0; turn < count; turn++) await elsewhere.read('nothing');
}

/** As many turns as it takes; the test's own limit ends it. */
export async function until(isMet: () => boolean): Promise<void> {
  while (!isMet()) await turns(1);
}
