import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { PUBLIC_ADDRESS } from '../../projects/ngx-cognito-session/src/lib/errors/documentation-page';
import { publishedFolder } from '../published-package';
import { root } from '../workspace';
import { publicFields } from './public-fields';
import { publishedText } from './published-text';

/** What npm shows of a package, and what its licence asks for, lies outside of the project. */
const always = ['README.md', 'CHANGELOG.md', 'LICENSE', 'SECURITY.md'];

/** Pages for those who work on the library. */
const forMaintainers = ['docs/mutation.md', 'docs/races.md', 'docs/releasing.md'];

/** The documents that the package carries: with its documentation while nothing else can be linked to. */
function publishedDocuments(): readonly string[] {
  if (PUBLIC_ADDRESS !== '') return always;
  const pages = readdirSync(resolve(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`);
  return [...always, ...pages.filter((page) => !forMaintainers.includes(page))];
}

function copyDocuments(documents: readonly string[]): void {
  rmSync(resolve(publishedFolder, 'docs'), { recursive: true, force: true });
  for (const path of documents) {
    const target = resolve(publishedFolder, path);
    mkdirSync(dirname(target), { recursive: true });
    if (!path.endsWith('.md')) {
      cpSync(resolve(root, path), target);
      continue;
    }
    const text = publishedText(readFileSync(resolve(root, path), 'utf8'), {
      path,
      isPublished: (link) => documents.some((name) => name === link || name.startsWith(`${link}/`)),
      publicAddress: PUBLIC_ADDRESS,
    });
    writeFileSync(target, text);
  }
}

function completeManifest(): void {
  const path = resolve(publishedFolder, 'package.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(path, `${JSON.stringify({ ...manifest, ...publicFields(PUBLIC_ADDRESS) }, null, 2)}\n`);
}

/** What ng-packagr leaves to do. */
copyDocuments(publishedDocuments());
completeManifest();
