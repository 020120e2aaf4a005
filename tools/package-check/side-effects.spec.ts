import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leftOfUnused } from './side-effects';

const code = `import { Subject } from 'rxjs';\nexport const ticks = new Subject();\n`;

describe('a package that is imported and not used', () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'side-effects-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function install(manifest: object): void {
    const target = join(folder, 'node_modules/some-library');
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, 'package.json'), JSON.stringify({ exports: './index.mjs', ...manifest }));
    writeFileSync(join(target, 'index.mjs'), code);
  }

  it('leaves nothing if it says that it has no side effects', async () => {
    install({ sideEffects: false });

    expect(await leftOfUnused('some-library', folder)).toBe('');
  });

  it.each([{}, { sideEffects: true }, { sideEffects: ['./index.mjs'] }])(
    'leaves its code with %j',
    async (manifest) => {
      install(manifest);

      expect(await leftOfUnused('some-library', folder)).toContain('new Subject()');
    },
  );
});
