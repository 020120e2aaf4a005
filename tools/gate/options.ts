import { parseArgs } from 'node:util';

export interface GateOptions {
  /** Names of steps or groups; null: all of them. */
  readonly only: readonly string[] | null;
  readonly isFull: boolean;
}

/** Throws on an option it does not know: a typing error must not make a gate smaller. */
export function parseOptions(args: readonly string[]): GateOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' }, full: { type: 'boolean', default: false } },
  });
  const only = values.only?.split(',').map((name) => name.trim()) ?? null;
  return { only, isFull: values.full };
}
