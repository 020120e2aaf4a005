import { ts, type Expression } from '../app/typescript';

/** What each place has that a schematic writes. */
const NEEDED = ['region', 'userPoolId', 'clientId'];

/** The names of the settings in an object literal; `null` if the value is not one with the settings of a session. Pure. */
export function settingsIn(value: Expression | undefined): ReadonlySet<string> | null {
  if (value === undefined || !ts.isObjectLiteralExpression(value)) return null;
  const names = value.properties.flatMap(({ name }) =>
    name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? [name.text] : [],
  );
  return NEEDED.every((name) => names.includes(name)) ? new Set(names) : null;
}
