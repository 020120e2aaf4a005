import { publishedText } from '../release/published-text';

/** The skill for coding assistants, in the repository. */
export const SKILL_SOURCE = 'skills/ngx-cognito-session/SKILL.md';

/** Where the site has it. */
export const SKILL_PAGE = 'skill/SKILL.md';

const folder = 'projects/docs/';

/**
 * The skill as the site has it. Users copy it into their projects: its links are complete once the project has an address, and lead to the pages of
 * the site until then. Pure.
 */
export function skillText(markdown: string, publicAddress: string): string {
  return publishedText(markdown, {
    path: SKILL_SOURCE,
    place: `${folder}${SKILL_PAGE}`,
    placeOf: (path) => (publicAddress === '' && path.startsWith(folder) ? path : null),
    publicAddress,
  });
}
