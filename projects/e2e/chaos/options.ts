import { parseArgs } from 'node:util';

export interface ChaosOptions {
  /** New episodes begin for so long. */
  readonly minutes: number;
  readonly seed: number;
  readonly pages: number;
  readonly users: number;
  /** Only this episode. Null: all that fit into the time. */
  readonly episode: number | null;
  readonly untilStep: number | null;
  /** Whether to print what happened in episodes without a violation, too. */
  readonly isVerbose: boolean;
}

export const USAGE = `npm run chaos -- [--minutes 10] [--seed 1] [--pages 5] [--users 3] [--episode n [--until-step n]] [--verbose]

  --minutes     how long new episodes begin; the last one is played to its end
  --seed        what all chance is drawn from; default: one of this moment
  --pages       pages of Chromium in each episode, on two devices
  --users       users of the user pool
  --episode     repeats one episode of a seed; --until-step takes only its first steps
  --verbose     prints all that happened, of good episodes as well
  --help        print this and end`;

/** Reads the arguments. Throws with a sentence for the person who started it. Pure. */
export function readOptions(args: readonly string[], nowMs: number): ChaosOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '10' },
      seed: { type: 'string', default: String(nowMs % 1_000_000) },
      pages: { type: 'string', default: '5' },
      users: { type: 'string', default: '3' },
      episode: { type: 'string' },
      'until-step': { type: 'string' },
      verbose: { type: 'boolean', default: false },
    },
  });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error(`--minutes is a number above 0, not '${values.minutes}'.`);
  return {
    minutes,
    seed: wholeNumber('seed', values.seed, 0),
    pages: wholeNumber('pages', values.pages, 1),
    users: wholeNumber('users', values.users, 1),
    episode: values.episode === undefined ? null : wholeNumber('episode', values.episode, 1),
    untilStep: values['until-step'] === undefined ? null : wholeNumber('until-step', values['until-step'], 1),
    isVerbose: values.verbose,
  };
}

function wholeNumber(name: string, text: string, min: number): number {
  const value = Number(text);
  if (text === '' || !Number.isInteger(value) || value < min)
    throw new Error(`--${name} is a whole number from ${min}, not '${text}'.`);
  return value;
}
