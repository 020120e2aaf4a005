import './node-page';
import 'zone.js/node';
import { provideZoneChangeDetection } from '@angular/core';
import { liveDays } from './live-days';

/** Prints the days of an app with zone.js. */
async function main(): Promise<void> {
  const days = await liveDays(
    [
      { storage: 'localStorage', tabs: 1, night: 'asleep' },
      { storage: 'localStorage', tabs: 5, night: 'asleep' },
    ],
    'zone.js',
    provideZoneChangeDetection(),
  );
  console.log(JSON.stringify({ days }));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
