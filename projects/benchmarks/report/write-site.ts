import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { siteFiles } from './site-files';

/** Writes the kept results into the site. */
export async function writeSite(): Promise<void> {
  for (const [path, content] of siteFiles()) {
    mkdirSync(dirname(path), { recursive: true });
    const options = await resolveConfig(path);
    const isPage = path.endsWith('.md');
    writeFileSync(path, isPage ? await format(content, { ...options, parser: 'markdown' }) : content);
  }
}
