import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format } from 'prettier';
import { markdownReasons, markdownTable } from '../report/table';
import type { Result } from '../results';
import { resultsFolder } from './folders';

/** Prints a result, and keeps it for the site if that is wanted. */
export async function report(result: Result, save: boolean): Promise<void> {
  for (const table of result.tables)
    console.log(`\n${table.title}\n\n${markdownTable(table)}\n${markdownReasons(table)}`);
  if (!save) return;
  mkdirSync(resultsFolder, { recursive: true });
  const path = resolve(resultsFolder, `${result.id}.json`);
  writeFileSync(path, await format(JSON.stringify(result), { parser: 'json', printWidth: 110 }));
}
