import { adapterContract, appliesTo } from './adapter-contract';
import type { BareScene } from './adapter-scenes';

/** Runs the contract for one adapter in Jest; every case has a scene of its own. */
export function describeAdapter(name: string, make: () => BareScene): void {
  const scene = () => ({ ...make(), pause: () => Promise.resolve() });

  describe(`${name}, by the contract of storage adapters,`, () => {
    for (const contractCase of adapterContract.filter((one) => appliesTo(one, scene())))
      it(contractCase.sentence, async () => {
        const given = await contractCase.run(scene());

        expect(given).toEqual(contractCase.gives);
      });
  });
}
