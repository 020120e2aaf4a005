/** What a member may be: like an example, one of some values, or anything. */
export type Shape = Readonly<Record<string, unknown>>;

export const ANYTHING = Symbol('anything');

/** Throws unless every member is known and of its shape: a typing error must not look like a behaviour. */
export function checkMembers(given: object, shape: Shape, place = ''): void {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(shape, name)) throw new Error(`${place === '' ? '' : `${place}: `}no setting ${name}`);
    const expected = shape[name];
    const path = place === '' ? name : `${place}.${name}`;
    if (!isLike(value, expected)) throw new Error(`${path} must be ${expectation(expected)}`);
  }
}

/** A list is like another one if all its elements are like the first one there. */
function isLike(value: unknown, expected: unknown): boolean {
  if (expected === ANYTHING) return true;
  if (expected instanceof Set) return expected.has(value);
  if (!Array.isArray(expected)) return typeof value === typeof expected && !Array.isArray(value);
  if (!Array.isArray(value)) return false;
  return expected.length === 0 || value.every((each) => isLike(each, expected[0]));
}

function expectation(expected: unknown): string {
  if (expected instanceof Set) return `one of ${[...expected].join(', ')}`;
  const [first] = Array.isArray(expected) ? (expected as readonly unknown[]) : [];
  if (first instanceof Set) return `a list of ${[...first].join(', ')}`;
  return `like ${JSON.stringify(expected)}`;
}
