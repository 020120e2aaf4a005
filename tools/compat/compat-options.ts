import { parseArgs } from 'node:util';
import { consumers } from './consumers';

/** The majors of Angular to check. Throws on what it does not know: a typing error must not make a check smaller. */
export function majorsOf(args: readonly string[]): readonly string[] {
  const { values } = parseArgs({ args: [...args], options: { angular: { type: 'string' } } });
  const majors = values.angular?.split(',').map((major) => major.trim()) ?? Object.keys(consumers);
  const unknown = majors.filter((major) => !(major in consumers));
  if (unknown.length > 0) throw new Error(`No consumer with Angular ${unknown.join(', ')}.`);
  return majors;
}
