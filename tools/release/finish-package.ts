import { pageNames } from '../docs/page-names';
import { PUBLIC_ADDRESS } from '../../projects/ngx-cognito-session/src/lib/errors/documentation-page';
import { publishedFolder } from '../published-package';
import { buildSchematics } from './build-schematics';
import { completeManifest, publishDocuments } from './publish-documents';

/** What npm shows of a package, and what its licence asks for, lies outside of the project. */
const always = ['README.md', 'CHANGELOG.md', 'LICENSE', 'SECURITY.md'];

/** The home page of the site, and pages for people who work on the library. */
const notForApps = ['index.md', 'README.md', 'project/'];

/** The documents that the package carries, with their places in it: its documentation, too, while nothing else can be linked to. */
function publishedDocuments(): ReadonlyMap<string, string> {
  const pages = PUBLIC_ADDRESS === '' ? pageNames().filter((page) => !isNotForApps(page)) : [];
  return new Map([
    ...always.map((path) => [path, path] as const),
    ...pages.map((page) => [`projects/docs/${page}`, `docs/${page}`] as const),
  ]);
}

const isNotForApps = (page: string): boolean => notForApps.some((start) => page.startsWith(start));

/** What ng-packagr leaves to do. */
async function main(): Promise<void> {
  publishDocuments(publishedFolder, publishedDocuments());
  completeManifest(publishedFolder);
  await buildSchematics(publishedFolder);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
