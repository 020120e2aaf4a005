import type { Command } from '../../../tools/gate/step';

/** A build, what it is made from and the file it writes last. */
export interface BuildTarget {
  readonly project: string;
  readonly command: Command;
  /** Files or folders, from the workspace's root. */
  readonly sources: readonly string[];
  readonly output: string;
}

/** A project of `angular.json`. */
export const ngBuild = (project: string): Command => ['@angular/cli/bin/ng.js', 'build', project];

export const SHARED = ['angular.json', 'tsconfig.json', 'package-lock.json'];

export const LIBRARY: BuildTarget = {
  project: 'ngx-cognito-session',
  command: ngBuild('ngx-cognito-session'),
  sources: ['projects/ngx-cognito-session', ...SHARED],
  output: 'dist/ngx-cognito-session/package.json',
};

/** An application of `angular.json` in a folder of the workspace. */
export const application = (project: string, folder: string): BuildTarget => ({
  project,
  command: ngBuild(project),
  sources: [`${folder}/src`, `${folder}/tsconfig.app.json`, ...SHARED],
  output: `dist/${project}/browser/index.html`,
});

/** What `npm start` shows, in the order of the builds: each one goes into the next. */
export const TARGETS: readonly BuildTarget[] = [LIBRARY, application('demo', 'projects/demo')];

/** Whether a file of a source folder goes into a build. */
export const isBuilt = (path: string): boolean => !/\.spec\.ts$|\/testing-support\//.test(path);

/** When the newest of a target's sources and its output were written, epoch ms; null: not there. */
export interface BuildTimes {
  readonly newestSourceAt: number;
  readonly builtAt: number | null;
}

/** The targets that have to be built; after a stale one every later one, too. Pure. */
export function staleBuilds(
  targets: readonly BuildTarget[],
  timesOf: (target: BuildTarget) => BuildTimes,
): readonly BuildTarget[] {
  const first = targets.findIndex((target) => {
    const { newestSourceAt, builtAt } = timesOf(target);
    return builtAt === null || builtAt < newestSourceAt;
  });
  return first === -1 ? [] : targets.slice(first);
}
