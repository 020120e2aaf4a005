/**
 * A text without its escapes of ASCII characters, however often it is encoded. Unlike `decodeURIComponent` it accepts
 * malformed escapes: one of them must not hide the others. One pass over character codes, so that a long text takes linear
 * time. `from`: characters below this code stay encoded. Pure.
 */
export function decodeFully(text: string, from = 0): string {
  const codes = new Uint16Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    let code = text.charCodeAt(at);
    // A decoded character may complete another escape.
    for (let next = completed(codes, length, code); next >= from; next = completed(codes, length, code)) {
      length -= 2;
      code = next;
    }
    codes[length++] = code;
  }
  return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(codes.subarray(0, length));
}

const PERCENT = 0x25;

/** The character that this one completes, if an escape is the end of the text; else `NaN`. */
function completed(codes: Uint16Array, length: number, last: number): number {
  if (codes[length - 2] !== PERCENT) return NaN;
  const hex = String.fromCharCode(codes[length - 1] ?? 0, last);
  return /^[0-7][\da-f]$/i.test(hex) ? parseInt(hex, 16) : NaN;
}
