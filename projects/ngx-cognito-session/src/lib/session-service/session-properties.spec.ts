import * as fc from 'fast-check';
import { SIGHTINGS, type Sighting } from '../../../testing-support/property/judge';
import { runScenario } from '../../../testing-support/property/run-scenario';
import { scenarios, type StorageKind } from '../../../testing-support/property/scenario';

/** The full gate runs ten times as many. */
const FACTOR = Number(process.env['PROPERTY_RUNS_FACTOR'] ?? 1);
const MINUTE = 60_000;
/**
 * The everyday gate draws the same sequences every time: when it turns red, the change is to blame. The full gate draws
 * new ones; fast-check prints the seed of what fails.
 */
const SEED = FACTOR === 1 ? { seed: 20_261_121 } : {};

const OWN: readonly StorageKind[] = ['own', 'ownLater'];
const SHARED: readonly StorageKind[] = ['record', 'recordAndValues', 'recordAndLaterValues'];

describe('after any sequence of commands, answers, faults and time', () => {
  it.each([
    { name: 'a storage of its own that works', storage: OWN, faults: false, runs: 500 },
    { name: 'a storage of its own that fails', storage: OWN, faults: true, runs: 500 },
    { name: 'a shared record that works', storage: SHARED, faults: false, runs: 500 },
    { name: 'a shared record that fails', storage: SHARED, faults: true, runs: 500 },
  ])(
    'the session keeps its promises on $name',
    async ({ storage, faults, runs }) => {
      const seen = new Map<Sighting, number>();

      await fc.assert(
        fc.asyncProperty(scenarios(storage, faults), async (scenario) => {
          for (const [sighting, count] of await runScenario(scenario))
            seen.set(sighting, (seen.get(sighting) ?? 0) + count);
        }),
        { numRuns: Math.ceil(runs * FACTOR), ...SEED },
      );

      // Promises about what never happened would prove nothing.
      const unseen = SIGHTINGS.filter((sighting) => (seen.get(sighting) ?? 0) === 0);
      expect(unseen).toEqual(faults ? [] : ['storage failures']);
    },
    // A failing sequence is shortened before it is shown, which takes hundreds of runs more.
    Math.max(5, 5 * FACTOR) * MINUTE,
  );
});
