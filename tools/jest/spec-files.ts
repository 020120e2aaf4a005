import { readdirSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { root } from '../workspace';

export type ProjectName = 'zoneless' | 'zone.js' | 'node';

interface SpecFiles {
  /** Folders below the workspace's root. */
  readonly roots: readonly string[];
  readonly match: RegExp;
  readonly ignore: RegExp;
}

const BROWSER_ROOTS = [
  'projects/ngx-cognito-session',
  'projects/demo',
  'projects/e2e/plain-app',
  'projects/benchmarks/day',
];

/** Which spec belongs to which Jest project: the configurations and the groups of the gate read it here. */
export const SPEC_FILES: Readonly<Record<ProjectName, SpecFiles>> = {
  zoneless: {
    roots: BROWSER_ROOTS,
    match: /\.spec\.ts$/,
    ignore: /\/node_modules\/|\.(zone|node)\.spec\.ts$/,
  },
  'zone.js': { roots: BROWSER_ROOTS, match: /\.zone\.spec\.ts$/, ignore: /\/node_modules\// },
  node: {
    roots: ['projects', 'tools'],
    match:
      /\/(cognito-emulator|cognito-server-session|local-services|tools)\/.*\.spec\.ts$|\.node\.spec\.ts$/,
    // Fixtures are input of the lint tests, and the templates are apps of their own.
    ignore: /\/node_modules\/|\/tools\/lint-fixtures\/|\/tools\/[^/]+\/template\//,
  },
};

/** The options of Jest that choose the specs of a project. */
export const specOptions = (project: ProjectName) => {
  const { roots, match, ignore } = SPEC_FILES[project];
  return {
    roots: roots.map((folder) => resolve(root, folder)),
    testRegex: match.source,
    testPathIgnorePatterns: [ignore.source],
  };
};

/** All specs of a project, sorted, as absolute paths. */
export function specsOf(project: ProjectName): readonly string[] {
  const { roots, match, ignore } = SPEC_FILES[project];
  return roots
    .flatMap((folder) =>
      readdirSync(resolve(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        resolve(root, folder, name),
      ),
    )
    .filter((path) => {
      const unixPath = path.split(sep).join('/');
      return match.test(unixPath) && !ignore.test(unixPath);
    })
    .sort();
}
