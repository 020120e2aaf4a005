import { expectedRules } from './expectations';

describe('expectedRules', () => {
  it('reads the rules of one tool, sorted', () => {
    const source = '// expect-depcruise: no-cycles\n// expect-eslint: no-console eqeqeq\nexport {};\n';

    expect(expectedRules(source, 'eslint')).toEqual(['eqeqeq', 'no-console']);
    expect(expectedRules(source, 'depcruise')).toEqual(['no-cycles']);
  });

  it('reads the comment of a template', () => {
    expect(expectedRules('<!-- expect-eslint: a/b c -->\n<p></p>', 'eslint')).toEqual(['a/b', 'c']);
  });

  it('expects nothing of a good example', () => {
    expect(expectedRules('export const fine = 1;', 'eslint')).toEqual([]);
  });
});
