import { readPageText } from './page-text';

/** Ten minutes, at 200 words a minute. */
const MOST_WORDS = 2000;
/** A page of its heading and its first line has fewer. */
const FEWEST_WORDS = 40;
/** Where every case is listed: these pages are looked up, not read. */
const lookedUp = /^(?:reference|project)\//;

/** What is wrong with a page of the site: it names no reader and question, is not written, or takes too long to read. Pure. */
export function complainOfPage(name: string, markdown: string): readonly string[] {
  const { reader } = readPageText(markdown);
  const { length: words } = wordsIn(markdown);
  return [
    ...(reader === null ? [`${name}: the first line does not name the reader and the question.`] : []),
    ...(words < FEWEST_WORDS ? [`${name}: is not written.`] : []),
    ...(words > MOST_WORDS && !lookedUp.test(name) ? [`${name}: ${words} words are too many.`] : []),
  ];
}

/** The words of the text and of the tables; code counts as one look. */
function wordsIn(markdown: string): readonly string[] {
  const text = markdown.replace(/^( *)(```+).*\n[\s\S]*?^\1\2/gm, ' ');
  return text.split(/\s+/).filter((word) => /\w/.test(word));
}
