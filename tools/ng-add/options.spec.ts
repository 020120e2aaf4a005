import { consumers } from '../compat/consumers';
import { KINDS } from './kinds';
import { checkOf } from './options';

describe('the options of the check of ng add', () => {
  it('are everything by default', () => {
    expect(checkOf([])).toEqual({ consumers: Object.values(consumers), kinds: KINDS });
  });

  it('choose an Angular and kinds of apps', () => {
    const { consumers: chosen, kinds } = checkOf(['--angular', '22', '--kind', 'zone-js, rendered']);

    expect(chosen).toEqual([consumers[22]]);
    expect(kinds.map(({ name }) => name)).toEqual(['zone-js', 'rendered']);
  });

  it.each([
    ['--angular', '23'],
    ['--kind', 'zonejs'],
    ['--kinds', 'zone-js'],
  ])('reject what they do not know: %s %s', (...args) => {
    expect(() => checkOf(args)).toThrow();
  });
});
