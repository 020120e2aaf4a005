import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { docsFolder, pageNames } from './page-names';
import { complainOfPage } from './page-rules';

const words = (count: number) => Array<string>(count).fill('word').join(' ');
const page = (text: string) => `# A page\n\n_For developers: how is it done?_\n\n${text}\n`;

describe('complainOfPage', () => {
  it('is content with a page that names its reader and is read in ten minutes', () => {
    expect(complainOfPage('guides/a.md', page(words(1900)))).toEqual([]);
  });

  it('asks for the reader and the question', () => {
    expect(complainOfPage('guides/a.md', `# A page\n\n${words(100)}`)).toHaveLength(1);
  });

  it('asks for text', () => {
    expect(complainOfPage('guides/a.md', page(`\`\`\`ts\n${words(100)}\n\`\`\``))).toEqual([
      'guides/a.md: is not written.',
    ]);
  });

  it('asks for a short text, but of pages that are looked up', () => {
    const long = page(words(2001));

    expect(complainOfPage('guides/a.md', long)).toHaveLength(1);
    expect(complainOfPage('reference/a.md', long)).toEqual([]);
  });
});

describe('the pages of the site', () => {
  /** The home page, and the README beside the pages. */
  const OTHERS = ['index.md', 'README.md'];

  it('keep the rules', () => {
    const complaints = pageNames()
      .filter((name) => !OTHERS.includes(name))
      .map((name) => [name, complainOfPage(name, readFileSync(resolve(docsFolder, name), 'utf8'))] as const)
      .filter(([, found]) => found.length > 0);

    expect(complaints).toEqual([]);
  });
});
