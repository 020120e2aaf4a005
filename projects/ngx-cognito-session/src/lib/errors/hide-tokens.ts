/** What stands in a text in place of a token. */
export const MARK = '[redacted]';

/** JWTs, and the refresh tokens of Cognito, which have five parts. */
const JWT = /eyJ[\w-]{5,}(?:\.+[\w-]+)*=*/g;
/** A word, an identifier such as `UserNotFoundException`, or a number of up to four digits. */
const WORD = /^(?:[a-z]{0,20}(?:[A-Z]{1,4}(?:[a-z]{2,20}|[a-z](?=[A-Z])))*|[A-Z]{1,12})\d{0,4}$/;

/**
 * A text without JWTs and without `long` runs of token characters, except those that consist of words, as paths and the names
 * of operations do. Of a path only what lies between its words is removed. Pure.
 */
export function hideTokens(text: string, long: RegExp): string {
  return text.replace(JWT, MARK).replace(long, (run) => {
    const pieces = run.split('/');
    const areWords = pieces.map((piece) => piece.split(/[._-]+/).every((word) => WORD.test(word)));
    const first = areWords.indexOf(false);
    if (first >= 0) pieces.splice(first, areWords.lastIndexOf(false) - first + 1, MARK);
    return pieces.join('/');
  });
}
