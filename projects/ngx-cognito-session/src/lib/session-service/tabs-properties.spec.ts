import * as fc from 'fast-check';
import { draws, IS_LONG_RUN } from '../../../testing-support/property/draws';
import { runTabsScenario } from '../../../testing-support/tabs-property/run-tabs-scenario';
import type { Weather } from '../../../testing-support/tabs-property/tab-commands';
import { TAB_SIGHTINGS, type TabSighting } from '../../../testing-support/tabs-property/tabs-judge';
import { tabsScenarios } from '../../../testing-support/tabs-property/tabs-scenario';

const MINUTE = 60_000;

const NEVER: Readonly<Record<Weather, readonly TabSighting[]>> = {
  peaceful: [
    'takeovers',
    'lost rotations',
    'sessions ended by Cognito',
    'crashes in the middle',
    'freezes in the middle',
    'stale states',
    'storage failures',
  ],
  rough: ['storage failures'],
  failingStorage: [],
};

const DRAWS: Readonly<Record<Weather, ReturnType<typeof draws>>> = {
  peaceful: draws(10, 1000),
  rough: draws(15, 1500),
  failingStorage: draws(10, 1000),
};

describe('two to six tabs, after any sequence of what can happen to them', () => {
  it.each<{ readonly name: string; readonly weather: Weather }>([
    {
      name: 'make one call per expiry while nothing crashes, freezes or drops',
      weather: 'peaceful',
    },
    { name: 'sign no user out who holds the good token, and agree in the end', weather: 'rough' },
    { name: 'do so on a storage that fails', weather: 'failingStorage' },
  ])(
    '$name',
    async ({ weather }) => {
      const seen = new Map<TabSighting, number>();

      await fc.assert(
        fc.asyncProperty(tabsScenarios(weather), async (scenario) => {
          for (const [sighting, count] of await runTabsScenario(scenario))
            seen.set(sighting, (seen.get(sighting) ?? 0) + count);
        }),
        DRAWS[weather],
      );

      // Promises about what never happened would prove nothing. A few sequences do not show everything.
      if (!IS_LONG_RUN) return;
      const unseen = TAB_SIGHTINGS.filter((sighting) => (seen.get(sighting) ?? 0) === 0);
      expect(unseen).toEqual(NEVER[weather]);
    },
    // A failing sequence is shortened before it is shown, which takes hundreds of runs more.
    120 * MINUTE,
  );
});
