import { copyFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { publishedFolder } from '../published-package';
import { root } from '../workspace';

/** What npm shows of a package, and what its licence asks for. ng-packagr takes nothing from outside of the project. */
for (const name of ['README.md', 'CHANGELOG.md', 'LICENSE']) {
  copyFileSync(resolve(root, name), resolve(publishedFolder, name));
}
