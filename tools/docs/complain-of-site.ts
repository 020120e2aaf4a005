import { posix } from 'node:path';

const otherSite = /^(?:[a-z]+:|\/\/)/;
const loaded = /<(?:script|img|link)\b[^>]*\b(?:src|href)="((?:https?:)?\/\/[^"]*)"/g;

/**
 * What is wrong with a built site, one a line: a link to an anchor that its page does not have, a page that loads something from
 * another site, a page without its text beside it. `pages`: the HTML of each page by its path. Pure.
 */
export function complainOfSite(
  pages: ReadonlyMap<string, string>,
  files: readonly string[],
  base: string,
): readonly string[] {
  const anchors = new Map([...pages].map(([name, html]) => [name, valuesOf(html, 'id')]));
  const present = new Set(files);
  return [...pages].flatMap(([name, html]) => {
    const broken = [...valuesOf(html, 'href')]
      .filter((href) => href.includes('#') && !otherSite.test(href))
      .filter((href) => !leadsToAnchor(href, name, anchors, base))
      .map((href) => `${name}: ${href} leads to an anchor that is not there.`);
    const foreign = [...html.matchAll(loaded)].map(([, address = '']) => `${name}: loads ${address}.`);
    const text = name.replace(/\.html$/, '.md');
    return [...broken, ...foreign, ...(present.has(text) ? [] : [`${name}: there is no ${text}.`])];
  });
}

function leadsToAnchor(
  href: string,
  from: string,
  anchors: ReadonlyMap<string, ReadonlySet<string>>,
  base: string,
): boolean {
  const [path = '', anchor = ''] = decodeURIComponent(href).split('#');
  const target = path.startsWith('/')
    ? path.slice(base.length)
    : path === ''
      ? from
      : posix.join(posix.dirname(from), path);
  const page = target === '' || target.endsWith('/') ? `${target}index.html` : target;
  return anchor === '' || anchors.get(page)?.has(anchor) === true;
}

function valuesOf(html: string, name: string): ReadonlySet<string> {
  return new Set([...html.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map(([, value = '']) => value));
}
