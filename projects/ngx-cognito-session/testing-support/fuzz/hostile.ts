import * as fc from 'fast-check';

/** Members that every object has, and the one that sets a prototype. */
const INHERITED = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'length',
];

const DEPTH = 10_000;
const SIZE = 50_000;

/** Values at the borders of types. */
const EDGES: readonly string[] = [
  ...['null', 'true', 'false', '""', '[]', '{}', '0', '-0', '-1', '1', '0.5', '1e999', '-1e999', '1e15'],
  ...['9007199254740993', '253402300799', '253402300800', '1767614400000', '"NaN"', '"__proto__"', '"*"'],
  ...['"\\u0000"', '"\\ud800"', '"<script>"', '"//evil.test"', '"javascript:alert(1)"'],
];

const leaf: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...EDGES),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => JSON.stringify(text)),
  fc.double().map((number) => JSON.stringify(number)),
);

/** JSON texts. As texts, because only there `__proto__` is a member like any other. `names`: members that a parser looks for. */
export function jsonTexts(names: readonly string[] = []): fc.Arbitrary<string> {
  const name = fc.constantFrom(...INHERITED, ...names).map((text) => JSON.stringify(text));
  const { value } = fc.letrec<{ value: string }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
      fc
        .array(fc.tuple(name, tie('value')), { maxLength: 5 })
        .map((members) => `{${members.map(([key, member]) => `${key}:${member}`).join(',')}}`),
    ),
  }));
  return value;
}

/** Texts that cost time or stack where they are read carelessly. */
const HUGE: readonly string[] = [
  '['.repeat(DEPTH),
  `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`,
  `${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`,
  `"${'a'.repeat(SIZE)}"`,
  'a'.repeat(SIZE),
  '%'.repeat(SIZE),
  '%25'.repeat(SIZE / 4),
  '.'.repeat(SIZE),
  '/'.repeat(SIZE),
  ';'.repeat(SIZE),
  'a=b; '.repeat(SIZE / 5),
  'eyJ'.repeat(SIZE / 3),
  '9'.repeat(SIZE),
];

/** Texts of an attacker: JSON, damaged JSON, arbitrary and huge texts. */
export function hostileTexts(names: readonly string[] = []): fc.Arbitrary<string> {
  const json = jsonTexts(names);
  return fc.oneof(
    { weight: 12, arbitrary: json },
    { weight: 4, arbitrary: fc.tuple(json, fc.nat(200)).map(([text, end]) => text.slice(0, end)) },
    { weight: 6, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
    { weight: 1, arbitrary: fc.constantFrom(...HUGE) },
  );
}

/** The values of JSON texts, and what else a caller in plain JavaScript or a message may be. */
export function hostileValues(names: readonly string[] = []): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 12, arbitrary: jsonTexts(names).map((text): unknown => JSON.parse(text)) },
    {
      weight: 2,
      arbitrary: fc.constantFrom<unknown>(undefined, NaN, Infinity, -Infinity, new Date(NaN), new Map()),
    },
    { weight: 1, arbitrary: fc.constantFrom(...HUGE) },
    { weight: 1, arbitrary: fc.constantFrom(...HUGE.slice(1, 3)).map(deepValue) },
  );
}

/** Deeper than fast-check can print it. */
function deepValue(text: string): unknown {
  const value = JSON.parse(text) as object;
  DEEP.set(value, text);
  return Object.defineProperty(value, fc.toStringMethod, { value: () => `${text.slice(0, 20)}…` });
}

/** Deeper than `JSON.stringify` can go, so their texts are remembered. */
const DEEP = new WeakMap<object, string>();

/** The JSON text of a hostile value. */
export function textOf(value: unknown): string {
  const deep: string[] = [];
  const text: unknown = JSON.stringify(value, (_, member: unknown) => {
    const own = typeof member === 'object' && member !== null ? DEEP.get(member) : undefined;
    return own === undefined ? member : `deep value ${deep.push(own)}`;
  });
  return String(text).replace(/"deep value (\d+)"/g, (_, at) => deep[Number(at) - 1] ?? '');
}

type Path = readonly (string | number)[];

/** A sound value with one to three of its members replaced, removed or added: what comes closest to what a parser accepts. */
export function damaged(sound: object): fc.Arbitrary<unknown> {
  const paths = pathsIn(sound);
  const names = [...new Set(paths.map((path) => path.at(-1)).filter((name) => typeof name === 'string'))];
  const change = fc.tuple(
    fc.constantFrom(...paths),
    fc.oneof({ weight: 5, arbitrary: hostileValues(names) }, { weight: 1, arbitrary: fc.constant(REMOVED) }),
  );
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) => changes.reduce<unknown>((value, [path, by]) => replaced(value, path, by), sound));
}

const REMOVED = Symbol('removed');

function pathsIn(value: unknown): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]): Path[] => [
    [name],
    ...pathsIn(member).map((path): Path => [name, ...path]),
  ]);
}

function replaced(value: unknown, [name, ...rest]: Path, by: unknown): unknown {
  if (typeof value !== 'object' || value === null || name === undefined) return value;
  // A copy would be as deep, and not known to be.
  if (DEEP.has(value)) return value;
  const members = Object.entries(value).filter(([key]) => rest.length > 0 || key !== name || by !== REMOVED);
  const changed = members.map(([key, member]): [string, unknown] => {
    if (key !== name) return [key, member];
    return [key, rest.length === 0 ? by : replaced(member, rest, by)];
  });
  return Array.isArray(value) ? changed.map(([, member]) => member) : Object.fromEntries(changed);
}

/** Fails if a parser has changed what all objects inherit. */
export function expectCleanPrototypes(): void {
  const members = [Object.prototype, Array.prototype, String.prototype].flatMap((all) =>
    Object.entries(all).map(([name]) => name),
  );
  expect(members).toEqual([]);
}
