import { decodeFully } from '../core/decode-fully';

/** Whether a URL is a path of this application, however a browser or a server interprets it. Pure. */
export function isLocalUrl(url: string): boolean {
  // Browsers drop tabs and newlines and read backslashes as slashes: '//evil' hides in many spellings.
  if (!/^\/[\x21-\x5b\x5d-\uffff]*$/.test(url)) return false;
  const [path = ''] = url.split(/[?#]/, 1);
  const decoded = decodeFully(path)
    .replace(/[^\x21-\uffff]/g, '')
    .replace(/\\/g, '/');
  // '/.//evil' begins with one slash until it is resolved and read again.
  const dots = decoded.search(/\/\.{1,2}\//);
  return !decoded.startsWith('//') && (dots < 0 || !decoded.includes('//', dots + 1));
}
