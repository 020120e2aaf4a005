import { withUsedImports } from './used-imports';

describe('the imports that are counted', () => {
  it('are those whose names are used', async () => {
    const code = await withUsedImports("import { used, unused } from 'a'; import { none } from 'b'; used();");

    expect(code).toContain('used');
    expect(code).not.toContain('unused');
    expect(code).not.toContain('"b"');
  });
});
