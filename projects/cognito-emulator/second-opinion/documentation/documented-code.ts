import { readdirSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { codeBefore } from '../../../ngx-cognito-session/testing-support/other-libraries';
import { compileErrorsOf } from '../../../ngx-cognito-session/testing-support/typescript-blocks';
import { NESTED_DIRECTORY } from '../nested-require';
import { runCases, same, type CaseResult } from '../suite';

const PAGES = 'projects/docs/migrate';

/** What `aws-amplify` 5 exports from these packages. */
const AMPLIFY_5 = `export { Auth } from 'amplify-5-auth';
export { Hub } from 'amplify-5-core';
`;

/** The code of other libraries on the pages for moving from them, compiled against these libraries. */
export async function documentedCode(): Promise<CaseResult[]> {
  const names = readdirSync(PAGES).filter((name) => name.startsWith('from-'));
  const { current, old } = codeBefore(
    new Map(names.map((name) => [name, readFileSync(resolve(PAGES, name), 'utf8')])),
  );
  const folder = relative('.', NESTED_DIRECTORY);
  return runCases('documented code', [
    {
      name: 'there is some of each version',
      run: () => same([current.size > 3, old.size > 1], [true, true]),
    },
    {
      name: 'compiles against the current versions',
      run: () => same(compileErrorsOf(current, { folder }), []),
    },
    {
      name: 'compiles against Amplify 5',
      run: () => {
        const texts = new Map([...old, ['amplify-5', AMPLIFY_5]]);
        const paths = { 'aws-amplify': [resolve(folder, 'amplify-5.ts')] };
        return same(compileErrorsOf(texts, { folder, paths }), []);
      },
    },
  ]);
}
