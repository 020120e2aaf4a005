import { Marked } from 'marked';
import { gfmHeadingId } from 'marked-gfm-heading-id';

/** What a check of links needs of a Markdown document. */
export interface Page {
  /** Where it can be linked to, after the `#`. */
  readonly anchors: readonly string[];
  /** Where it links to, as written. */
  readonly links: readonly string[];
}

/** Rendered as GitHub does it; quotes of the text itself are escaped, so that only attributes match. */
const attribute = (name: string): RegExp => new RegExp(` ${name}="([^"]*)"`, 'g');

/** Pure. */
export function readPage(markdown: string): Page {
  const html = new Marked(gfmHeadingId()).parse(markdown, { async: false });
  const valuesOf = (name: string) => [...html.matchAll(attribute(name))].map(([, value = '']) => value);
  return { anchors: valuesOf('id'), links: [...valuesOf('href'), ...valuesOf('src')] };
}
