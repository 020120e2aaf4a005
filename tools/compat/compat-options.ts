import { parseArgs } from 'node:util';
import { consumers } from './consumers';

export interface CompatOptions {
  readonly majors: readonly string[];
  /** Leaves out unit tests and rendering. */
  readonly isBuildOnly: boolean;
}

/** Throws on what it does not know: a typing error must not make a check smaller. */
export function parseCompatOptions(args: readonly string[]): CompatOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { angular: { type: 'string' }, 'build-only': { type: 'boolean', default: false } },
  });
  const majors = values.angular?.split(',').map((major) => major.trim()) ?? Object.keys(consumers);
  const unknown = majors.filter((major) => !(major in consumers));
  if (unknown.length > 0) throw new Error(`No consumer with Angular ${unknown.join(', ')}.`);
  return { majors, isBuildOnly: values['build-only'] };
}
