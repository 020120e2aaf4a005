import { pagesOf, type Section } from './navigation';
import { readPageText } from './page-text';
import { siteText } from './site-text';
import { SKILL_PAGE } from './skill-text';

const description = `> An Amazon Cognito user-pool session for Angular 21 and 22: refresh before expiry, one refresh for all tabs, storage, tokens on HTTP
> requests, guards, managed login (formerly hosted UI) with PKCE, AWS credentials, sessions kept on a server, and a local Cognito for tests.`;

/** The list of pages for language models: https://llmstxt.org. Links are relative, so that they are right wherever the site is. */
export function llmsTxt(sections: readonly Section[]): string {
  const lists = sections.map((section) => {
    const lines = pagesOf([section]).map((page) => {
      const { title, question } = readPageText(siteText(`${page}.md`));
      return `- [${title}](${page}.md)${question === null ? '' : `: ${question}`}`;
    });
    return `## ${section.title}\n\n${lines.join('\n')}\n`;
  });
  const api = '## API reference\n\n- [All entry points](api/index.md): What does each import offer?\n';
  const skill = `## For coding assistants\n\n- [Skill](${SKILL_PAGE}): How does an assistant add sign-in and sessions to an Angular app?\n`;
  return [`# ngx-cognito-session\n\n${description}\n`, skill, ...lists, api].join('\n');
}

/** All pages in one text, each below its address. */
export function llmsFullTxt(sections: readonly Section[]): string {
  return pagesOf(sections)
    .map((page) => `<!-- ${page}.md -->\n\n${siteText(`${page}.md`).trim()}\n`)
    .join('\n---\n\n');
}
