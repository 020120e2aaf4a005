import { expect, test } from './support/leaks/watched-test';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../../tools/workspace';

/** The codes, and a part of each text that is made apart from its code. */
const TEXTS = [
  /NCS1\d\d/,
  /ngx-cognito-session\/docs\//,
  /is not the name of an AWS Region/,
  /Leave out a field/,
  /fetchAuthSession/,
  /ɵHTTP_ROOT_INTERCEPTOR_FNS|\\u0275HTTP_ROOT_INTERCEPTOR_FNS/,
];

/** The texts of all scripts below a folder of a build. */
function scriptsIn(folder: string): readonly string[] {
  return readdirSync(resolve(root, 'dist', folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.m?js$/.test(name))
    .map((name) => readFileSync(resolve(root, 'dist', folder, name), 'utf8'));
}

for (const build of ['demo/browser', 'ssr-fixture/browser', 'ssr-fixture/server'])
  test(`what development says about a set-up is not in the production build ${build}`, () => {
    // First that there is something to find: the package holds it, for development.
    const library = scriptsIn('ngx-cognito-session').join('\n');
    for (const text of TEXTS) expect(library).toMatch(text);
    const scripts = scriptsIn(build);

    expect(scripts.join('\n')).toContain('withTokenInjection');
    for (const text of TEXTS) expect(scripts.filter((script) => text.test(script))).toEqual([]);
  });

test('what only a server does is in the build for a server alone', () => {
  const WORDS = 'The session of the request could not be verified.';

  expect(scriptsIn('ssr-fixture/server').join('\n')).toContain(WORDS);
  for (const build of ['demo/browser', 'ssr-fixture/browser'])
    expect(scriptsIn(build).filter((script) => script.includes(WORDS))).toEqual([]);
});
