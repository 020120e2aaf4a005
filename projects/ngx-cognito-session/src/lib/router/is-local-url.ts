/** Whether a URL is a path of this application, by whatever way a browser or a server might read it. Pure. */
export function isLocalUrl(url: string): boolean {
  // Browsers drop tabs and newlines and read backslashes as slashes: '//evil' hides in many spellings.
  if (!/^\/[\x21-\x5b\x5d-\uffff]*$/.test(url)) return false;
  const [path = ''] = url.split(/[?#]/, 1);
  const decoded = decodeFully(path)
    .replace(/[^\x21-\uffff]/g, '')
    .replace(/\\/g, '/');
  // '/.//evil' begins with one slash until somebody has resolved it and reads it again.
  return !/^\/\/|\/\.{1,2}\/(.*\/)?\//.test(decoded);
}

/**
 * Somebody on the way may decode the path any number of times. Unlike `decodeURIComponent` this takes what is malformed:
 * one bad escape must not hide the others.
 */
function decodeFully(path: string): string {
  let [before, decoded] = ['', path];
  // How often it is encoded is up to whoever wrote it: no recursion.
  while (decoded !== before) {
    before = decoded;
    decoded = before
      .replace(/%(?:25)+/g, '%')
      .replace(/%([0-7][\da-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  }
  return decoded;
}
