import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { PUBLIC_ADDRESS } from '../../projects/ngx-cognito-session/src/lib/errors/documentation-page';
import { publishedFolder } from '../published-package';
import { root } from '../workspace';
import { buildSchematics } from './build-schematics';
import { completeManifest, publishDocuments } from './publish-documents';

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

/** What ng-packagr leaves to do. */
async function main(): Promise<void> {
  publishDocuments(publishedFolder, new Map(publishedDocuments().map((path) => [path, path])));
  completeManifest(publishedFolder);
  await buildSchematics(publishedFolder);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
