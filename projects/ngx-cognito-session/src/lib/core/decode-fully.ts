/**
 * A text without its escapes of ASCII characters, however often it is encoded. Unlike `decodeURIComponent` it accepts
 * malformed escapes: one of them must not hide the others. In one pass, so that a long text takes no more than linear time.
 * `from`: characters below this code stay encoded. Pure.
 */
export function decodeFully(text: string, from = 0): string {
  const decoded: string[] = [];
  for (const char of text) {
    let next = char;
    // A decoded character may complete another escape.
    for (let code = codeWith(decoded, next); code !== null && code >= from; code = codeWith(decoded, next)) {
      decoded.length -= 2;
      next = String.fromCharCode(code);
    }
    decoded.push(next);
  }
  return decoded.join('');
}

/** The character that this one completes, if an escape is the end of the text. */
function codeWith(decoded: readonly string[], last: string): number | null {
  const hex = `${decoded.at(-1) ?? ''}${last}`;
  return decoded.at(-2) === '%' && /^[0-7][\da-f]$/i.test(hex) ? parseInt(hex, 16) : null;
}
