import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DefaultTheme } from 'vitepress';
import type { Section } from './navigation';
import { docsFolder } from './page-names';
import { readPageText } from './page-text';

/** The side bar: a page is called as its heading says. Sections are folded but for the one of the page that is shown. */
export function sideBar(sections: readonly Section[]): DefaultTheme.SidebarItem[] {
  return sections.map(({ title, pages, groups = [] }) => ({
    text: title,
    collapsed: !['Start', 'Guides'].includes(title),
    items: [
      ...pages.map((page) => ({ text: titleOf(page), link: `/${page.replace(/\bindex$/, '')}` })),
      ...sideBar(groups),
    ],
  }));
}

const titleOf = (page: string): string =>
  readPageText(readFileSync(resolve(docsFolder, `${page}.md`), 'utf8')).title;
