import type { OldItems } from './old-items';

/** The cookies that this page can read, names and values decoded as `js-cookie` encodes them. */
export function cookieItems(document: Document): OldItems {
  return {
    read: () => new Map(pairsOf(document).map(({ name, value }) => [decoded(name), decoded(value)])),
    remove: (key) => {
      for (const { name } of pairsOf(document)) if (decoded(name) === key) removeCookie(document, name);
    },
  };
}

/** A script does not learn the path and the domain of a cookie, so each one that this page can use is tried. */
function removeCookie(document: Document, name: string): void {
  const { hostname, pathname, protocol } = document.location;
  const secure = protocol === 'https:' ? '; Secure' : '';
  for (const domain of ['', ...parentsOf(hostname).map((parent) => `; Domain=${parent}`)])
    for (const path of pathsOf(pathname)) {
      document.cookie = `${name}=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=${path}${domain}${secure}`;
      if (!pairsOf(document).some((pair) => pair.name === name)) return;
    }
}

interface Pair {
  readonly name: string;
  readonly value: string;
}

/** Of two cookies with one name the browser lists the one with the longer path first. It is the last one here, so it counts. */
function pairsOf({ cookie }: Document): readonly Pair[] {
  return cookie
    .split('; ')
    .map((pair) => ({ pair, equals: pair.indexOf('=') }))
    .filter(({ equals }) => equals > 0)
    .map(({ pair, equals }) => ({ name: pair.slice(0, equals), value: pair.slice(equals + 1) }))
    .reverse();
}

function decoded(text: string): string {
  return text.replace(/^"(.*)"$/, '$1').replace(/(?:%[\da-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

/** `app.example.com`, `example.com`: the browser refuses public suffixes. */
function parentsOf(hostname: string): readonly string[] {
  const labels = hostname.split('.');
  return labels.map((_, index) => labels.slice(index).join('.'));
}

/** `/`, and for `/a/b`: `/a`, `/a/`, `/a/b`, `/a/b/`. */
function pathsOf(pathname: string): readonly string[] {
  const segments = pathname.split('/').filter((segment) => segment !== '');
  const folders = segments.map((_, index) => `/${segments.slice(0, index + 1).join('/')}`);
  return ['/', ...folders.flatMap((folder) => [folder, `${folder}/`])];
}
