import { parseArgs } from 'node:util';
import { FLOOR, PEERS, type Peer } from '../peers';

export interface Options<Part extends string> {
  readonly parts: readonly Part[];
  /** The floor is always there: ratios refer to it. */
  readonly peers: readonly Peer[];
  /** As given; each part has a number of its own. */
  readonly rounds: number | undefined;
  /** Whether the results go to `results` and to the site. */
  readonly save: boolean;
}

/** Reads `--only 2,3 --peers aws-amplify --rounds 2 --save`. Throws with what would be right. */
export function readOptions<Part extends string>(
  args: readonly string[],
  parts: readonly Part[],
): Options<Part> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      peers: { type: 'string' },
      rounds: { type: 'string' },
      save: { type: 'boolean' },
    },
  });
  const names = chosen(
    '--peers',
    values.peers,
    PEERS.map(({ name }) => name),
  );
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))
    throw new Error(`--rounds is ${values.rounds}; it has to be a number from 1 on.`);
  const save = values.save ?? false;
  if (save && values.peers !== undefined)
    throw new Error('--save needs all peers: a table has them from one run.');
  return {
    parts: chosen('--only', values.only, parts),
    peers: PEERS.filter(({ name }) => name === FLOOR || names.includes(name)),
    rounds,
    save,
  };
}

function chosen<Name extends string>(
  option: string,
  value: string | undefined,
  names: readonly Name[],
): readonly Name[] {
  if (value === undefined) return names;
  const wanted = value.split(',');
  const unknown = wanted.filter((name) => !names.some((each) => each === name));
  if (unknown.length > 0)
    throw new Error(`${option}: ${unknown.join(', ')} is unknown. Known are ${names.join(', ')}.`);
  return names.filter((name) => wanted.includes(name));
}
