import type { TokenInput } from 'ngx-cognito-session';

const TOKEN_FIELD = /^(?:access|id|refresh)_?token$/i;

/** The tokens of an input, whatever its shape. Pure. */
export function tokenTexts(tokens: TokenInput): readonly string[] {
  return Object.entries(tokens)
    .filter(([name]) => TOKEN_FIELD.test(name))
    .map(([, value]: [string, unknown]) => value)
    .filter((value) => typeof value === 'string' && value !== '') as string[];
}

/** Whether an item contains one of the tokens. Pure. */
export function holdsToken(item: string | null, tokens: readonly string[]): boolean {
  return item !== null && tokens.some((token) => item.includes(token));
}
