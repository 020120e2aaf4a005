import { parseArgs } from 'node:util';
import { consumers, type Consumer } from '../compat/consumers';
import { KINDS, type AppKind } from './kinds';

export interface NgAddCheck {
  readonly consumers: readonly Consumer[];
  readonly kinds: readonly AppKind[];
}

/** What to check: `--angular 21,22`, `--kind zoneless,rendered`; everything by default. Throws on what it does not know. */
export function checkOf(args: readonly string[]): NgAddCheck {
  const { values } = parseArgs({
    args: [...args],
    options: { angular: { type: 'string' }, kind: { type: 'string' } },
  });
  const names = (text: string | undefined, all: readonly string[]) =>
    text?.split(',').map((name) => name.trim()) ?? all;
  const majors = names(values.angular, Object.keys(consumers));
  const kinds = names(
    values.kind,
    KINDS.map(({ name }) => name),
  );
  return {
    consumers: majors.map((major) => consumers[major] ?? unknown(`Angular ${major}`)),
    kinds: kinds.map((name) => KINDS.find((kind) => kind.name === name) ?? unknown(`the kind ${name}`)),
  };
}

function unknown(what: string): never {
  throw new Error(`There is no check of ${what}.`);
}
