import { complainOfSections, pagesOf, type Section } from './navigation';

const sections: readonly Section[] = [
  { title: 'Start', pages: ['start/a'] },
  { title: 'Guides', pages: [], groups: [{ title: 'In the app', pages: ['guides/b'] }] },
];

describe('the sections of the site', () => {
  it('list their pages in the order of reading', () => {
    expect(pagesOf(sections)).toEqual(['start/a', 'guides/b']);
  });

  it('are right if they list every page', () => {
    const names = ['README.md', 'index.md', 'start/a.md', 'guides/b.md', 'reference/diagnostics/NCS101.md'];

    expect(complainOfSections(sections, names)).toEqual([]);
  });

  it('are wrong if they list a page that is not there, or leave one out', () => {
    expect(complainOfSections(sections, ['start/a.md', 'start/c.md'])).toEqual([
      'guides/b.md is listed and is not there.',
      'start/c.md is in no section.',
    ]);
  });
});
