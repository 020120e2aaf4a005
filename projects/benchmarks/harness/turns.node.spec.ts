import { FLOOR } from '../peers';
import { Turns } from './turns';

const site = (name: string) => ({ peer: { name } });
const fails = (): Promise<number> => Promise.reject(new Error('The browser has closed.'));

describe('the turns of the libraries', () => {
  beforeEach(() => {
    jest.spyOn(console, 'log').mockImplementation();
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('go on without a library that fails, and say why', async () => {
    const turns = new Turns();

    expect(await turns.of(site('other'), fails)).toBeUndefined();
    expect(await turns.of(site('other'), () => Promise.resolve(1))).toBeUndefined();
    expect(await turns.of(site('another'), () => Promise.resolve(2))).toBe(2);
    expect(turns.reasonFor({ name: 'other' })).toContain('The browser has closed.');
  });

  it('end with the floor, so that a browser that has closed leaves no results', async () => {
    await expect(new Turns().of(site(FLOOR), fails)).rejects.toThrow('The browser has closed.');
  });
});
