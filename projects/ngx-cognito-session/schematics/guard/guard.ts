import { chain, strings, type Rule } from '@angular-devkit/schematics';
import { readTargetApp } from '../app/target-app';
import { createFiles } from '../edit/create-files';
import { Report } from '../report/report';
import { quoted, quotedList } from '../settings/literal';

/** The options of `ng generate ngx-cognito-session:guard`, as `schema.json` describes them. */
export interface GuardOptions {
  readonly name: string;
  readonly project?: string;
  readonly group: readonly string[];
  readonly denied: string;
  readonly skipTests: boolean;
}

function groupsCode([group, ...others]: readonly string[]): string {
  if (group === undefined) return '';
  return others.length === 0 ? quoted(group) : `{ any: ${quotedList([group, ...others])} }`;
}

/** Creates a guard: `ng generate ngx-cognito-session:guard`. */
export function guard({ name, project, group, denied, skipTests }: GuardOptions): Rule {
  return async (tree, { logger }) => {
    const app = await readTargetApp(tree, project);
    const report = new Report();
    const dashed = strings.dasherize(name).replace(/-guard$/, '');
    const names = {
      name: dashed,
      groups: groupsCode(group),
      admitted: group.slice(0, 1).map(quoted).join(''),
      denied: quoted(denied),
    };
    report.next(`Guard a route: canActivate: [${strings.camelize(dashed)}Guard]`);
    return chain([
      createFiles({ files: './files/guard', folder: app.appFolder, names, skipTests }, report),
      () => report.write(logger),
    ]);
  };
}
