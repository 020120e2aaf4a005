import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { reports, root } from '../workspace';
import { specsOf, type ProjectName } from './spec-files';

/** How many specs share one start of page, framework and library. */
const GROUP_SIZE = 10;

/** What changes the environment, the globals or the module registry of a whole file; such a spec runs by itself. */
const NEEDS_OWN_FILE =
  /@jest-environment|fake-indexeddb\/auto|\bjest\.(mock|doMock|isolateModules|resetModules)\b/;

/** What compiles code against the sources: such specs share one file, because parsing what they compile against takes longer. */
const COMPILES_CODE = /\b(compileErrorsOf|specCompilerHost)\b/;

/** With which others a spec runs in one file. */
export type Company = 'none' | 'compilers' | 'any';

const companyOf = (code: string): Company => {
  if (NEEDS_OWN_FILE.test(code)) return 'none';
  return COMPILES_CODE.test(code) ? 'compilers' : 'any';
};

export interface Grouping {
  readonly alone: readonly string[];
  readonly groups: readonly (readonly string[])[];
}

export function groupSpecs(specs: readonly string[], company: (spec: string) => Company): Grouping {
  const those = (wanted: Company) => specs.filter((spec) => company(spec) === wanted);
  const [alone, compilers, others] = [those('none'), those('compilers'), those('any')];
  const count = Math.ceil(others.length / GROUP_SIZE);
  // Dealt out like cards: the long specs of one room do not end up in one group.
  const dealt = Array.from({ length: count }, (_, group) =>
    others.filter((_spec, at) => at % count === group),
  );
  return { alone, groups: [compilers, ...dealt].filter(({ length }) => length > 0) };
}

/** Code that runs specs in one file, each below its own name. What one leaves in the page, the next must not find. */
export const codeOfGroup = (specs: readonly string[]): string =>
  `const { clearPage } = require(${JSON.stringify(resolve(root, 'tools/jest/clear-page.cjs'))});\n` +
  specs
    .map((spec) => {
      const [name, path] = [relative(root, spec), spec].map((text) => JSON.stringify(text));
      return `describe(${name}, () => { afterAll(clearPage); require(${path}); });\n`;
    })
    .join('');

/** Writes the groups of a project into `reports/specs` and returns the files that Jest is to run. */
export function writeSpecGroups(project: ProjectName): readonly string[] {
  const { alone, groups } = groupSpecs(specsOf(project), (spec) => companyOf(readFileSync(spec, 'utf8')));
  const folder = resolve(reports, 'specs', project);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = groups.map((specs, at) => {
    const file = resolve(folder, `group-${at + 1}.js`);
    writeFileSync(file, codeOfGroup(specs));
    return file;
  });
  return [...files, ...alone];
}
