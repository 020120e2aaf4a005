import { resolve } from 'node:path';
import { blocksBefore } from './typescript-blocks';

/** Code of other libraries on pages, by names that say where it stands. */
export interface CodeBefore {
  readonly all: ReadonlyMap<string, string>;
  /** For Amplify 5. */
  readonly old: ReadonlyMap<string, string>;
  readonly current: ReadonlyMap<string, string>;
}

/** The code of other libraries on these pages, by the name of the page. */
export function codeBefore(pages: ReadonlyMap<string, string>): CodeBefore {
  const blocks = (version?: string) =>
    [...pages].flatMap(([page, text]) =>
      blocksBefore(text, version).map(
        (block, index) => [`${page}-before${version ?? ''}-${String(index + 1)}`, block] as const,
      ),
    );
  const [current, old] = [blocks(), blocks('5')];
  return { all: new Map([...current, ...old]), old: new Map(old), current: new Map(current) };
}

/** The other libraries are not installed. What pages use of them is declared. */
export function declaredLibraries(): Record<string, string[]> {
  const names = [
    'amazon-cognito-identity-js',
    'angular-auth-oidc-client',
    ...['aws-amplify', 'aws-amplify/auth', 'aws-amplify/auth/cognito', 'aws-amplify/utils'],
  ];
  const folder = resolve('projects/ngx-cognito-session/testing-support/other-libraries');
  return Object.fromEntries(
    names.map((name) => [name, [resolve(folder, `${name.replaceAll('/', '-')}.d.ts`)]]),
  );
}
