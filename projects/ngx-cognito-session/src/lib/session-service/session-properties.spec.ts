import * as fc from 'fast-check';
import { draws, IS_LONG_RUN } from '../../../testing-support/property/draws';
import { SIGHTINGS, type Sighting } from '../../../testing-support/property/judge';
import { runScenario } from '../../../testing-support/property/run-scenario';
import { scenarios, type StorageKind } from '../../../testing-support/property/scenario';

const MINUTE = 60_000;

const OWN: readonly StorageKind[] = ['own', 'ownLater'];
const SHARED: readonly StorageKind[] = ['record', 'recordAndValues', 'recordAndLaterValues'];

describe('after any sequence of commands, answers, faults and time', () => {
  it.each([
    { name: 'a storage of its own that works', storage: OWN, faults: false },
    { name: 'a storage of its own that fails', storage: OWN, faults: true },
    { name: 'a shared record that works', storage: SHARED, faults: false },
    { name: 'a shared record that fails', storage: SHARED, faults: true },
  ])(
    'the session keeps its promises on $name',
    async ({ storage, faults }) => {
      const seen = new Map<Sighting, number>();

      await fc.assert(
        fc.asyncProperty(scenarios(storage, faults), async (scenario) => {
          for (const [sighting, count] of await runScenario(scenario))
            seen.set(sighting, (seen.get(sighting) ?? 0) + count);
        }),
        draws(20, 5000),
      );

      // Promises about what never happened would prove nothing. A few sequences do not show everything.
      if (!IS_LONG_RUN) return;
      const unseen = SIGHTINGS.filter((sighting) => (seen.get(sighting) ?? 0) === 0);
      expect(unseen).toEqual(faults ? [] : ['storage failures']);
    },
    // A failing sequence is shortened before it is shown, which takes hundreds of runs more.
    120 * MINUTE,
  );
});
