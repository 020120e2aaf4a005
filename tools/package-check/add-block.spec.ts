import { addBlock } from './add-block';
import type { CodeBlock } from './extract-blocks';

const block = (place: CodeBlock['place'], content = 'new\n'): CodeBlock => ({
  path: 'src/a.ts',
  content,
  place,
});

describe('addBlock', () => {
  it('writes a new file', () => {
    expect(addBlock(null, block('newFile'))).toBe('new\n');
  });

  it('adds lines at the top', () => {
    expect(addBlock('old\n', block('top'))).toBe('new\nold\n');
  });

  it('adds lines after a text, at the end of a line or within one', () => {
    const added = block({ after: 'list = [' }, '  new,\n');

    expect(addBlock('list = [\n  old,\n];\n', added)).toBe('list = [\n  new,\n  old,\n];\n');
    expect(addBlock('list = [];\n', added)).toBe('list = [\n  new,\n];\n');
  });

  it('replaces no file', () => {
    expect(() => addBlock('old\n', block('newFile'))).toThrow('the app has this file already');
  });

  it.each<[string | null, CodeBlock['place']]>([
    [null, 'top'],
    [null, { after: 'list' }],
    ['old', { after: 'list' }],
    ['list list', { after: 'list' }],
  ])('refuses to add to %j at %j', (file, place) => {
    expect(() => addBlock(file, block(place))).toThrow('src/a.ts');
  });
});
