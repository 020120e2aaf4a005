/** What stands in a text in place of a token. */
export const MARK = '[redacted]';

/** JWTs, and the refresh tokens of Cognito, which have five parts. */
const JWT = /eyJ[\w-]{5,}(?:\.+[\w-]+)*=*/g;
/** Longer than the identifiers of AWS and the words of any language. */
const LONG = /[\w+/-]{40,}(?:\.[\w+/-]+)*={0,2}/g;
const LONG_LENGTH = 40;
/** A word, an identifier such as `UserNotFoundException`, or a number of up to four digits. */
const WORD = /^(?:[a-z]{0,20}(?:[A-Z]{1,4}(?:[a-z]{2,20}|[a-z](?=[A-Z])))*|[A-Z]{1,12})\d{0,4}$/;

/**
 * A text without JWTs and without long runs of token characters, except those that consist of words, as paths and the names
 * of operations do. Of a path only what lies between its words is removed, and an identifier in it stays. Pure.
 */
export function hideTokens(text: string): string {
  return text.replace(JWT, MARK).replace(LONG, (run) => {
    const pieces = run.split('/');
    const areWords = pieces.map(consistsOfWords);
    const [first, end] = [areWords.indexOf(false), areWords.lastIndexOf(false) + 1];
    if (pieces.slice(first, end).join('/').length < LONG_LENGTH) return run;
    return [...pieces.slice(0, first), MARK, ...pieces.slice(end)].join('/');
  });
}

function consistsOfWords(piece: string): boolean {
  return piece.split(/[._-]+/).every((word) => WORD.test(word));
}
