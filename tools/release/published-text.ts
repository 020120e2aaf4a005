import { marked, type Token, type Tokens } from 'marked';
import { posix } from 'node:path';

interface Publication {
  /** The path of the document from the root of the repository. */
  readonly path: string;
  /** Its path from the root of the package. */
  readonly place: string;
  /** The path in the package of a file of the repository; `null` if the package does not carry it. */
  readonly placeOf: (path: string) => string | null;
  readonly publicAddress: string;
}

const otherPlace = /^(?:[a-z]+:|#)/;

/**
 * A document as the package carries it. A link to a file that the package carries leads there, and any other one leads to the project's public address;
 * while there is none, only its text is left. So do pictures; without an address those that the package does not carry are left out. Pure.
 */
export function publishedText(
  markdown: string,
  { path, place, placeOf, publicAddress }: Publication,
): string {
  const pictures = tokensIn(markdown, 'image').filter(({ href }) => !otherPlace.test(href));
  const withPictures = pictures.reduce((text, { raw, href, text: label }) => {
    const target = posix.join(posix.dirname(path), href);
    const placed = placeOf(target);
    if (placed !== null)
      return text.replaceAll(raw, `![${label}](${posix.relative(posix.dirname(place), placed)})`);
    return text.replaceAll(
      raw,
      publicAddress === '' ? '' : `![${label}](${publicAddress}/raw/main/${target})`,
    );
  }, markdown);
  return tokensIn(withPictures, 'link')
    .filter(({ href }) => !otherPlace.test(href))
    .reduce((text, { raw, href, text: label }) => {
      const [file = '', anchor] = href.split('#');
      const target = posix.join(posix.dirname(path), file);
      const behind = anchor === undefined ? '' : `#${anchor}`;
      const linkTo = (address: string) => text.replaceAll(raw, `[${label}](${address}${behind})`);
      const placed = placeOf(target);
      if (placed !== null) {
        const address = posix.relative(posix.dirname(place), placed);
        return address === posix.normalize(file) ? text : linkTo(address);
      }
      return publicAddress === ''
        ? text.replaceAll(raw, label)
        : linkTo(`${publicAddress}/blob/main/${target}`);
    }, withPictures);
}

function tokensIn(markdown: string, type: 'link' | 'image'): readonly (Tokens.Link | Tokens.Image)[] {
  const found: (Tokens.Link | Tokens.Image)[] = [];
  void marked.walkTokens(marked.lexer(markdown), (token: Token) => {
    if (token.type === type) found.push(token as Tokens.Link | Tokens.Image);
  });
  return found;
}
