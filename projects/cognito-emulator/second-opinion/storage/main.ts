import { writeFile } from 'node:fs/promises';
import { install } from '../install';
import { RECORDED_STORAGE, toText } from './recorded-storage';
import { recordAll } from './record-all';

/**
 * `tsx projects/cognito-emulator/second-opinion/storage/main.ts`: records anew what the libraries store, for the tests of
 * `ngx-cognito-session/migration`. An argument is the file to write instead.
 */
async function main(file = RECORDED_STORAGE): Promise<void> {
  install();
  await writeFile(file, await toText(await recordAll()));
}

main(process.argv[2]).then(
  // Timers of the libraries would keep the process alive.
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
