import { marked, type Token, type Tokens } from 'marked';
import { posix } from 'node:path';

interface Publication {
  /** The path of the document from the root of the repository, and from that of the package. */
  readonly path: string;
  readonly isPublished: (path: string) => boolean;
  readonly publicAddress: string;
}

const otherPlace = /^(?:[a-z]+:|#)/;

/**
 * A document as the package carries it. A link to a file that the package does not carry leads to the project's public address;
 * while there is none, only its text is left. Pure.
 */
export function publishedText(markdown: string, { path, isPublished, publicAddress }: Publication): string {
  return linksIn(markdown)
    .filter(({ href }) => !otherPlace.test(href))
    .reduce((text, { raw, href, text: label }) => {
      const [file = '', anchor] = href.split('#');
      const target = posix.join(posix.dirname(path), file);
      if (isPublished(target)) return text;
      const url = `${publicAddress}/blob/main/${target}${anchor === undefined ? '' : `#${anchor}`}`;
      return text.replaceAll(raw, publicAddress === '' ? label : `[${label}](${url})`);
    }, markdown);
}

function linksIn(markdown: string): readonly Tokens.Link[] {
  const links: Tokens.Link[] = [];
  void marked.walkTokens(marked.lexer(markdown), (token: Token) => {
    if (token.type === 'link') links.push(token as Tokens.Link);
  });
  return links;
}
