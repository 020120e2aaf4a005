import { posix } from 'node:path';
import { readPage, type Page } from './page';

/** A page of the documentation that a text or a comment names, from the root of the package, of the workspace or of an app. */
const mention =
  /(?<![\w/.-])(?:node_modules\/ngx-cognito-session\/|projects\/)?docs\/([\w/.-]+\.md(?:#[\w-]+)?)/g;
/** The reference of the API: the build of the site checks the links to it. */
export const GENERATED = 'projects/docs/api/';
const otherSite = /^(?:https?|mailto):/;

interface Target {
  readonly path: string;
  readonly anchor: string;
}

/**
 * The links of documents that lead nowhere, one a line: to a file that is not there, or to a heading that the document does not
 * have. Addresses of other sites are not asked for. `texts` are Markdown documents and sources, by their paths from the root; a
 * source is looked through for the pages that its comments name. `documentation`: the folder of these pages. Pure.
 */
export function brokenLinks(
  texts: ReadonlyMap<string, string>,
  exists: (path: string) => boolean,
  documentation = 'docs',
): readonly string[] {
  const pages = new Map(
    [...texts].filter(([path]) => isMarkdown(path)).map(([path, text]) => [path, readPage(text)]),
  );
  return [...texts].flatMap(([from, text]) =>
    targetsOf(from, text, documentation, pages.get(from))
      .filter(({ path, anchor }) => !leadsSomewhere(path, anchor, pages, exists))
      .map(({ path, anchor }) => `${from}: ${path}${anchor === '' ? '' : `#${anchor}`} is not there.`),
  );
}

const isMarkdown = (path: string): boolean => path.endsWith('.md');

function targetsOf(
  from: string,
  text: string,
  documentation: string,
  page: Page | undefined,
): readonly Target[] {
  const links = (page?.links ?? []).filter((link) => !otherSite.test(link));
  const mentions = [...text.matchAll(mention)].map(([, page = '']) => page);
  return [
    ...links.map((link) => targetOf(link, from, posix.dirname(from))),
    ...mentions.map((link) => targetOf(link, from, documentation)),
  ];
}

function targetOf(link: string, from: string, folder: string): Target {
  const [path = '', anchor = ''] = decodeURIComponent(link).split('#');
  return { path: path === '' ? from : posix.join(folder, path), anchor };
}

function leadsSomewhere(
  path: string,
  anchor: string,
  pages: ReadonlyMap<string, Page>,
  exists: (path: string) => boolean,
): boolean {
  if (path.startsWith(GENERATED)) return true;
  if (path.startsWith('..') || !exists(path)) return false;
  return anchor === '' || pages.get(path)?.anchors.includes(anchor) === true;
}
