import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format } from 'prettier';
import { markdownReasons, markdownTable } from '../report/table';
import { writeSite } from '../report/write-site';
import type { Result } from '../results';
import { resultsFolder } from './folders';
import type { Options } from './options';
import { machine, versionsOf } from './versions';

type Measured = Pick<Result, 'id' | 'command' | 'rounds' | 'tables'>;

/** Prints what a part has measured, and keeps it for the site if that is wanted. */
export async function report(measured: Measured, { peers, save }: Options<string>): Promise<void> {
  for (const table of measured.tables)
    console.log(`\n${table.title}\n\n${markdownTable(table)}\n${markdownReasons(table)}`);
  if (!save) return;
  const result: Result = {
    ...measured,
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    versions: versionsOf(peers),
  };
  mkdirSync(resultsFolder, { recursive: true });
  const path = resolve(resultsFolder, `${result.id}.json`);
  writeFileSync(path, await format(JSON.stringify(result), { parser: 'json', printWidth: 110 }));
  await writeSite();
}
