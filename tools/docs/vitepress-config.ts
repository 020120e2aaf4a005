import { slug } from 'github-slugger';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { DefaultTheme, UserConfig } from 'vitepress';
import { PUBLIC_ADDRESS } from '../../projects/ngx-cognito-session/src/lib/errors/documentation-page';
import { root } from '../workspace';
import { entryPoints } from './entry-points.mjs';
import { complainOfSections, sections } from './navigation';
import { docsFolder, pageNames } from './page-names';
import { readPageText } from './page-text';
import { sideBar } from './side-bar';
import { siteText } from './site-text';
import { llmsFullTxt, llmsTxt } from './site-texts';
import { SKILL_PAGE, SKILL_SOURCE, skillText } from './skill-text';

const complaints = complainOfSections(sections, pageNames());
if (complaints.length > 0) throw new Error(`tools/docs/navigation.ts: ${complaints.join('\n')}`);

const specifiers = [...entryPoints.values()];
/** A package, and its other entry points below it. */
const apiItems = specifiers
  .filter((name) => !name.includes('/'))
  .map((name) => ({
    text: name,
    link: `/api/${name}`,
    items: specifiers
      .filter((other) => other.startsWith(`${name}/`))
      .map((other) => ({ text: other.replace(name, ''), link: `/api/${other}` })),
  }));

/** The site in `projects/docs`; `.vitepress/config.ts` there exports it. */
export const vitepressConfig: UserConfig<DefaultTheme.Config> = {
  title: 'ngx-cognito-session',
  description: 'The Amazon Cognito user-pool session for Angular.',
  lang: 'en',
  // The address below which the site is served: `/`, or the name of a repository.
  base: process.env['DOCS_BASE'] ?? '/',
  outDir: resolve(root, 'dist/docs'),
  cacheDir: resolve(root, 'out-tsc/vitepress'),
  srcExclude: ['README.md'],
  // Anchors as GitHub makes them, where the pages are read, too.
  markdown: { anchor: { slugify: slug }, theme: { light: 'github-light', dark: 'github-dark' } },
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${process.env['DOCS_BASE'] ?? '/'}logo.svg` }],
  ],
  themeConfig: {
    logo: '/logo.svg',
    search: { provider: 'local' },
    outline: [2, 3],
    externalLinkIcon: true,
    nav: [
      { text: 'Start', link: '/start/quick-start', activeMatch: '^/start/' },
      { text: 'Guides', link: '/guides/managed-login', activeMatch: '^/guides/' },
      { text: 'Migrate', link: '/migrate/', activeMatch: '^/migrate/' },
      { text: 'Understand', link: '/understand/how-it-works', activeMatch: '^/understand/' },
      {
        text: 'Reference',
        activeMatch: '^/(?:reference|api)/',
        items: [
          { text: 'Configuration', link: '/reference/configuration' },
          { text: 'Errors', link: '/reference/errors' },
          { text: 'API', link: '/api/' },
        ],
      },
      { text: 'Compare', link: '/compare/' },
      { text: 'FAQ', link: '/faq' },
    ],
    sidebar: {
      '/': sideBar(sections),
      '/api/': [{ text: 'API reference', link: '/api/' }, ...apiItems],
    },
    ...(PUBLIC_ADDRESS === ''
      ? {}
      : {
          editLink: { pattern: `${PUBLIC_ADDRESS}/edit/main/projects/docs/:path`, text: 'Edit this page' },
          socialLinks: [{ icon: 'github', link: PUBLIC_ADDRESS }],
        }),
    footer: { message: 'MIT License. Not affiliated with Amazon Web Services.' },
  },
  vite: {
    // The index of the search, and the page of the primary entry point.
    build: { chunkSizeWarningLimit: 3000 },
    plugins: [
      {
        name: 'links-out-of-the-site',
        enforce: 'pre',
        transform: (code, id) =>
          id.endsWith('.md') ? siteText(relative(docsFolder, id).replaceAll('\\', '/'), code) : null,
      },
    ],
  },
  transformPageData: ({ relativePath }) => {
    const { question } = readPageText(readFileSync(resolve(docsFolder, relativePath), 'utf8'));
    return question === null ? {} : { description: question };
  },
  transformHead: ({ page }) => [
    ['link', { rel: 'alternate', type: 'text/markdown', href: page.replace(/^.*\//, '') }],
  ],
  buildEnd: ({ outDir, pages }) => {
    for (const page of pages) {
      mkdirSync(dirname(resolve(outDir, page)), { recursive: true });
      writeFileSync(resolve(outDir, page), siteText(page));
    }
    mkdirSync(dirname(resolve(outDir, SKILL_PAGE)), { recursive: true });
    writeFileSync(
      resolve(outDir, SKILL_PAGE),
      skillText(readFileSync(resolve(root, SKILL_SOURCE), 'utf8'), PUBLIC_ADDRESS),
    );
    writeFileSync(resolve(outDir, 'llms.txt'), llmsTxt(sections));
    writeFileSync(resolve(outDir, 'llms-full.txt'), llmsFullTxt(sections));
  },
};
