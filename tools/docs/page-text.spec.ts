import { readPageText } from './page-text';

describe('readPageText', () => {
  it('finds the heading, the reader and the question', () => {
    const page =
      '# The `app` client\n\n_For developers who own a pool: which settings does it need?_\n\nText.\n';

    expect(readPageText(page)).toEqual({
      title: 'The app client',
      reader: 'For developers who own a pool',
      question: 'which settings does it need?',
    });
  });

  it('finds neither reader nor question in a page without such a line', () => {
    expect(readPageText('# A page\n\nText.\n\n_For later: what?_\n')).toEqual({
      title: 'A page',
      reader: null,
      question: null,
    });
  });
});
