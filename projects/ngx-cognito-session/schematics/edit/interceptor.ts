import { SchematicsException, type Rule, type Tree } from '@angular-devkit/schematics';
import { getDependency } from '@schematics/angular/utility/dependency';
import { namedImports } from '../app/imports';
import { filesImporting, parse } from '../app/sources';
import { staticImports } from '../app/static-imports';
import type { TargetApp } from '../app/target-app';
import { ts, type CallExpression, type Expression, type Node, type SourceFile } from '../app/typescript';
import type { Report } from '../report/report';
import { addImport, insert, localName, type Insertion } from './apply-changes';
import { attempt } from './attempt';
import { addProvider, pasteOf, type External } from './root-provider';

const LIBRARY = 'ngx-cognito-session';
const HTTP = '@angular/common/http';

/** All calls of a function, by the name that the file has for it. */
function callsOf(root: Node, name: string): readonly CallExpression[] {
  const calls: CallExpression[] = [];
  const visit = (node: Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name)
      calls.push(node);
    node.forEachChild(visit);
  };
  visit(root);
  return calls;
}

const endOf = (expressions: readonly Expression[], fallback: number): number =>
  expressions.at(-1)?.getEnd() ?? fallback;

/** How a call of `provideHttpClient` gets one interceptor more, the last one: it sees the request as it is sent. Pure. */
export function insertionsInto(
  call: CallExpression,
  { withInterceptors, interceptor }: { readonly withInterceptors: string; readonly interceptor: string },
): readonly Insertion[] {
  const [list] = call.arguments.flatMap((argument) =>
    ts.isCallExpression(argument) &&
    ts.isIdentifier(argument.expression) &&
    argument.expression.text === withInterceptors
      ? [...argument.arguments]
      : [],
  );
  if (list !== undefined && ts.isArrayLiteralExpression(list)) {
    const text = list.elements.length === 0 ? interceptor : `, ${interceptor}`;
    return [{ at: endOf(list.elements, list.getStart() + 1), text }];
  }
  if (list !== undefined)
    return [
      { at: list.getStart(), text: '[...' },
      { at: list.getEnd(), text: `, ${interceptor}]` },
    ];
  const feature = `${withInterceptors}([${interceptor}])`;
  const text = call.arguments.length === 0 ? feature : `, ${feature}`;
  return [{ at: endOf(call.arguments, call.getEnd() - 1), text }];
}

function onlyCallIn(source: SourceFile): CallExpression {
  const name = namedImports(source, HTTP).get('provideHttpClient');
  const calls = name === undefined ? [] : callsOf(source, name);
  const [call] = calls;
  if (call === undefined || calls.length > 1)
    throw new SchematicsException(`${source.fileName} calls provideHttpClient ${calls.length} times.`);
  return call;
}

/** Puts the interceptor into the call of `provideHttpClient` of a file. */
const mergeInto =
  (path: string): Rule =>
  (tree) => {
    const call = onlyCallIn(parse(tree, path));
    const names = {
      withInterceptors: localName(tree, path, 'withInterceptors', HTTP),
      interceptor: localName(tree, path, 'sessionInterceptor', LIBRARY),
    };
    const known = namedImports(call.getSourceFile(), HTTP).get('withInterceptors');
    insert(tree, path, insertionsInto(call, { ...names, withInterceptors: known ?? names.withInterceptors }));
    if (known === undefined && usesFeature(tree, path, names.withInterceptors))
      addImport(tree, path, 'withInterceptors', HTTP);
    addImport(tree, path, 'sessionInterceptor', LIBRARY);
  };

const usesFeature = (tree: Tree, path: string, name: string): boolean =>
  callsOf(parse(tree, path), name).length > 0;

const classProvider = (external: External): string =>
  `{ provide: ${external('HTTP_INTERCEPTORS', HTTP)}, useClass: ${external('SessionInterceptor', LIBRARY)}, multi: true }`;

/** Angular 22 and newer. */
function hasFetchByDefault(tree: Tree): boolean {
  const [major] = /\d+/.exec(getDependency(tree, '@angular/core')?.version ?? '') ?? [];
  return Number(major) >= 22;
}

/** `withFetch`: on a server Angular 21 asks for it. */
const httpClientWith =
  (withFetch: boolean) =>
  (external: External): string => {
    const interceptors = `${external('withInterceptors', HTTP)}([${external('sessionInterceptor', LIBRARY)}])`;
    const features = withFetch ? `${external('withFetch', HTTP)}(), ${interceptors}` : interceptors;
    return `${external('provideHttpClient', HTTP)}(${features})`;
  };

const PASTE = [
  `import { provideHttpClient, withInterceptors } from '${HTTP}';`,
  `import { sessionInterceptor } from '${LIBRARY}';`,
  '',
  'provideHttpClient(withInterceptors([sessionInterceptor])),',
];

/** What is done in an app where these files call `provideHttpClient`. */
type Plan =
  | { readonly kind: 'merge'; readonly file: string }
  /** No file that is loaded with the app calls it. */
  | { readonly kind: 'add' }
  | { readonly kind: 'undecided'; readonly why: string };

function planFor(tree: Tree, { mainFile, rootFile }: TargetApp, providing: readonly string[]): Plan {
  if (rootFile !== null && providing.includes(rootFile)) return { kind: 'merge', file: rootFile };
  if (mainFile === null || providing.length === 0) return { kind: 'add' };
  const { files, isIncomplete } = staticImports(tree, mainFile);
  const loaded = providing.filter((file) => files.has(file));
  const [file] = loaded;
  if (loaded.length > 1) return { kind: 'undecided', why: `${loaded.join(' and ')} call it.` };
  if (file !== undefined) return { kind: 'merge', file };
  return isIncomplete
    ? { kind: 'undecided', why: `${providing.join(' and ')} may be loaded with the app, or later.` }
    : { kind: 'add' };
}

/** Lets the requests of an app pass through the interceptor of the session, however the app provides `HttpClient`. */
export function wireInterceptor(app: TargetApp, report: Report): Rule {
  const { rootFile, sourceRoot, isRendered } = app;
  const failed = 'The interceptor could not be added. Add it to the provideHttpClient of the app.';
  return (tree) => {
    const using = (module: string, names: readonly string[]) =>
      filesImporting(tree, sourceRoot, module, names);

    const [wired] = using(LIBRARY, ['sessionInterceptor', 'SessionInterceptor']);
    if (wired !== undefined) {
      report.kept(`${wired} has the interceptor already.`);
      return;
    }
    const providing = using(HTTP, ['provideHttpClient']);
    const plan = planFor(tree, app, providing);
    if (plan.kind === 'undecided') {
      report.paste(`${failed} ${plan.why}`, PASTE);
      return;
    }
    for (const file of providing)
      if (plan.kind === 'add' || plan.file !== file)
        report.paste(
          `${file} provides another HttpClient. If its requests need the token, add the interceptor there.`,
          PASTE,
        );
    if (plan.kind === 'merge') {
      const done = `${plan.file}: sessionInterceptor in provideHttpClient`;
      return attempt(mergeInto(plan.file), { done, failed, lines: PASTE }, report);
    }
    const [ofModule] = using(HTTP, ['HttpClientModule']);
    const code =
      ofModule === undefined ? httpClientWith(isRendered && !hasFetchByDefault(tree)) : classProvider;
    const done =
      ofModule === undefined
        ? `${rootFile ?? ''}: provideHttpClient with sessionInterceptor`
        : `${rootFile ?? ''}: SessionInterceptor in HTTP_INTERCEPTORS, for the HttpClientModule in ${ofModule}`;
    return attempt(addProvider(app, code), { done, failed, lines: pasteOf(code) }, report);
  };
}
