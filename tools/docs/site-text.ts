import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PUBLIC_ADDRESS } from '../../projects/ngx-cognito-session/src/lib/errors/documentation-page';
import { publishedText } from '../release/published-text';
import { root } from '../workspace';

const folder = 'projects/docs/';

/** A page as the site shows it, by its path in `projects/docs`: what the site does not have is linked to in the repository. */
export function siteText(page: string, markdown: string = readPage(page)): string {
  return publishedText(markdown, {
    path: `${folder}${page}`,
    place: `${folder}${page}`,
    placeOf: (path) => (path.startsWith(folder) || !existsSync(resolve(root, path)) ? path : null),
    publicAddress: PUBLIC_ADDRESS,
  });
}

const readPage = (page: string): string => readFileSync(resolve(root, folder, page), 'utf8');
