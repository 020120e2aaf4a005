import { FLOOR, PEERS } from '../peers';
import { readOptions } from './options';

const PARTS = ['calls', 'tabs'] as const;

describe('the options of the benchmarks', () => {
  it('are all parts and all libraries if nothing is given', () => {
    expect(readOptions([], PARTS)).toEqual({ parts: PARTS, peers: PEERS, rounds: undefined, save: false });
  });

  it('choose parts, libraries beside the floor, and rounds', () => {
    const { parts, peers, rounds } = readOptions(
      ['--only', 'tabs', '--peers', 'aws-amplify', '--rounds', '2'],
      PARTS,
    );

    expect(parts).toEqual(['tabs']);
    expect(peers.map(({ name }) => name)).toEqual([FLOOR, 'aws-amplify']);
    expect(rounds).toBe(2);
  });

  it.each([
    ['an unknown part', ['--only', 'day'], /--only: day is unknown. Known are calls, tabs./],
    ['an unknown library', ['--peers', 'aws'], /--peers: aws is unknown/],
    ['no number of rounds', ['--rounds', 'many'], /--rounds is many/],
    ['a kept table of some libraries', ['--save', '--peers', 'aws-amplify'], /--save needs all peers/],
  ])('are refused with advice: %s', (_what, args, message) => {
    expect(() => readOptions(args, PARTS)).toThrow(message);
  });
});
