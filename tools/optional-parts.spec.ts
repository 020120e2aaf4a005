import { allParts, complainOfParts, partsIn } from './optional-parts';

describe('the optional parts in the code of an app', () => {
  it('are found by their texts', () => {
    expect(partsIn('a="; Max-Age=";b={name:"AES-GCM"}')).toEqual(['cookies', 'sealed records']);
  });

  it('are right if they are those that the app uses', () => {
    expect(complainOfParts(['HTTP', 'guards'], ['guards', 'HTTP'])).toBeNull();
    expect(complainOfParts(allParts, allParts)).toBeNull();
  });

  it('are reported if the app does not use them', () => {
    expect(complainOfParts(['HTTP', 'cookies'], ['HTTP'])).toBe('unused: cookies');
  });

  it('are reported if the check cannot recognise them', () => {
    expect(complainOfParts([], ['HTTP', 'guards'])).toBe('not recognised: HTTP, guards');
  });
});
