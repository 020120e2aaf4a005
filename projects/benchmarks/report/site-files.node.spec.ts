import { existsSync, readFileSync } from 'node:fs';
import { siteFiles } from './site-files';

/** Without the widths that Prettier gives the columns of tables. */
const compact = (text: string) => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');

describe('the pages and charts of the benchmarks', () => {
  it('show the kept results', () => {
    const files = [...siteFiles()];

    expect(files.length).toBeGreaterThan(2);
    for (const [path, content] of files) {
      const written = existsSync(path) ? readFileSync(path, 'utf8') : 'is not there';
      expect(`${path}\n${compact(written)}`).toBe(`${path}\n${compact(content)}`);
    }
  });
});
