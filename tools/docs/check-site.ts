import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../workspace';
import { complainOfSite } from './complain-of-site';

const site = resolve(root, 'dist/docs');

/** Looks through the built site; VitePress has already refused links to pages that are not there. */
const files = readdirSync(site, { recursive: true, encoding: 'utf8' }).map((name) =>
  name.replaceAll('\\', '/'),
);
const pages = new Map(
  files
    .filter((name) => name.endsWith('.html') && name !== '404.html')
    .map((name) => [name, readFileSync(resolve(site, name), 'utf8')] as const),
);
const complaints = complainOfSite(pages, files, process.env['DOCS_BASE'] ?? '/');
if (complaints.length > 0) {
  console.error(complaints.join('\n'));
  process.exitCode = 1;
}
