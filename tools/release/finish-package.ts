import { copyFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { publishedFolder } from '../published-package';
import { root } from '../workspace';

/** What ng-packagr leaves to do. What npm shows of a package, and what its licence asks for, lies outside of the project. */
for (const name of ['README.md', 'CHANGELOG.md', 'LICENSE']) {
  copyFileSync(resolve(root, name), resolve(publishedFolder, name));
}
