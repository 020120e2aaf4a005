import { chain, SchematicsException, type Rule, type Tree } from '@angular-devkit/schematics';
import { addRootImport } from '@schematics/angular/utility';
import { constantIn } from '../app/constants';
import { namedImports, originOf, relativeSpecifier } from '../app/imports';
import { filesImporting, parse } from '../app/sources';
import type { TargetApp } from '../app/target-app';
import { ts, type ArrayLiteral, type Expression, type Node, type SourceFile } from '../app/typescript';
import type { Report } from '../report/report';
import { addImport, insert, localName } from './apply-changes';
import { attempt } from './attempt';
import { addProvider } from './root-provider';

const ROUTER = '@angular/router';

/** A name that a route uses, and where it comes from: a package, or a file of the app. */
export interface RouteImport {
  readonly name: string;
  readonly from: string;
}

/** The class of a page, in a file of the app. */
export interface RoutePage extends RouteImport {
  /** A text of the page, by which it is told from another page of this name. */
  readonly mark: string;
}

export interface NewRoute {
  readonly path: string;
  readonly page?: RoutePage;
  readonly imports: readonly RouteImport[];
  /** The code of the route. `local` gives the name of an import in the file, `file` the specifier of a file of the app. */
  readonly code: (local: (name: string) => string, file: (path: string) => string) => string;
  /** Only for an app that has no route at all. */
  readonly onlyIfFirst?: true;
}

interface FoundRoutes {
  readonly file: string;
  readonly list: ArrayLiteral;
}

const specifierOf = (from: string, file: string): string =>
  from.endsWith('.ts') ? relativeSpecifier(file, from) : from;

/** The argument of `provideRouter(…)` or `RouterModule.forRoot(…)`. */
function routesArgumentIn(source: SourceFile): Expression | null {
  const imports = namedImports(source, ROUTER);
  let found: Expression | null = null;
  const visit = (node: Node): void => {
    if (ts.isCallExpression(node)) {
      const { expression } = node;
      const isProvider = ts.isIdentifier(expression) && expression.text === imports.get('provideRouter');
      const isModule =
        ts.isPropertyAccessExpression(expression) &&
        expression.name.text === 'forRoot' &&
        ts.isIdentifier(expression.expression) &&
        expression.expression.text === imports.get('RouterModule');
      if (isProvider || isModule) found ??= node.arguments[0] ?? null;
    }
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

/** The array of the root routes; `null` if the app has no router. */
function findRoutes(tree: Tree, { sourceRoot, rootFile }: TargetApp): FoundRoutes | null {
  const files = filesImporting(tree, sourceRoot, ROUTER, ['provideRouter', 'RouterModule']);
  const inOrder = [...files].sort((a, b) => Number(b === rootFile) - Number(a === rootFile));
  for (const file of inOrder) {
    const source = parse(tree, file);
    const argument = routesArgumentIn(source);
    if (argument === null) continue;
    if (ts.isArrayLiteralExpression(argument)) return { file, list: argument };
    if (!ts.isIdentifier(argument))
      throw new SchematicsException(`${file} has its routes in an expression: ${argument.getText()}`);
    const { file: home, name } = originOf(tree, source, argument.text) ?? { file, name: argument.text };
    const list = constantIn(parse(tree, home), name)?.value;
    if (list === undefined || !ts.isArrayLiteralExpression(list))
      throw new SchematicsException(`${home} has no array literal ${name}.`);
    return { file: home, list };
  }
  return null;
}

function pathsOf(list: ArrayLiteral): readonly string[] {
  return list.elements.flatMap((element) =>
    ts.isObjectLiteralExpression(element)
      ? element.properties.flatMap((property) =>
          ts.isPropertyAssignment(property) &&
          property.name.getText() === 'path' &&
          ts.isStringLiteralLike(property.initializer)
            ? [property.initializer.text]
            : [],
        )
      : [],
  );
}

/** A file that was there before may be another page. */
function isPage(tree: Tree, { name, from, mark }: RoutePage): boolean {
  const text = tree.exists(from) ? tree.readText(from) : '';
  return new RegExp(`export class ${name}\\b`).test(text) && text.includes(mark);
}

/** Puts routes in front of all others, so that no wildcard hides them. */
function insertRoutes(tree: Tree, { file, list }: FoundRoutes, routes: readonly NewRoute[]): void {
  const imports = routes.flatMap((route) => route.imports);
  const local = (name: string): string => {
    const from = imports.find((used) => used.name === name)?.from ?? '';
    return localName(tree, file, name, specifierOf(from, file));
  };
  const lines = routes.map(({ code }) => `\n  ${code(local, (path) => relativeSpecifier(file, path))},`);
  const start = list.getStart() + 1;
  const followsLine = /^[ \t]*\r?\n/.test(list.getSourceFile().text.slice(start));
  insert(tree, file, [{ at: start, text: `${lines.join('')}${followsLine ? '' : '\n'}` }]);
  for (const { name, from } of imports) addImport(tree, file, name, specifierOf(from, file));
}

function pasteOf(routes: readonly NewRoute[], { appFolder }: TargetApp): readonly string[] {
  const file = `${appFolder}/app.routes.ts`;
  return [
    ...routes.flatMap(({ imports }) =>
      imports.map(({ name, from }) => `import { ${name} } from '${specifierOf(from, file)}';`),
    ),
    '',
    ...routes.map(
      ({ code }) =>
        `${code(
          (name) => name,
          (path) => relativeSpecifier(file, path),
        )},`,
    ),
  ].filter((line, at, all) => line === '' || all.indexOf(line) === at);
}

/** Gives a router to an app that has none. */
function addRouter(app: TargetApp): Rule {
  const file = `${app.appFolder}/app.routes.ts`;
  const routes = (external: (name: string, module: string) => string, root: string) =>
    external('routes', relativeSpecifier(root, file));
  return chain([
    (tree) => {
      if (tree.exists(file)) throw new SchematicsException(`${file} is there, but it is not used.`);
      tree.create(file, `import type { Routes } from '${ROUTER}';\n\nexport const routes: Routes = [];\n`);
    },
    app.isStandalone
      ? addProvider(
          app,
          (external) => `${external('provideRouter', ROUTER)}(${routes(external, app.rootFile ?? '')})`,
        )
      : addRootImport(
          app.name,
          ({ code, external }) =>
            code`${external('RouterModule', ROUTER)}.forRoot(${routes(external, app.rootFile ?? '')})`,
        ),
  ]);
}

/** Adds routes to an app, except for those whose path it has. */
export function addRoutes(app: TargetApp, routes: readonly NewRoute[], report: Report): Rule {
  const failed = 'The routes could not be added. Add them to the routes of the app.';
  const insertInto: Rule = (tree) => {
    const found = findRoutes(tree, app);
    if (found === null) throw new SchematicsException('The app has no router.');
    const paths = pathsOf(found.list);
    const wanted = routes.filter(({ path, onlyIfFirst }) => {
      if (onlyIfFirst) return found.list.elements.length === 0;
      if (!paths.includes(path)) return true;
      report.kept(`${found.file} has a route ${path}.`);
      return false;
    });
    const withOtherPage = wanted.filter(({ page }) => page !== undefined && !isPage(tree, page));
    for (const route of withOtherPage)
      report.paste(
        `${route.page?.from ?? ''} is another page, so there is no route ${route.path}. Add it with a page of your own.`,
        pasteOf([route], app),
      );
    const missing = wanted.filter((route) => !withOtherPage.includes(route));
    if (missing.length === 0) return;
    insertRoutes(tree, found, missing);
    report.changed(`${found.file}: the routes ${missing.map(({ path }) => path || "''").join(', ')}`);
  };
  return (tree) => {
    const lines = pasteOf(
      routes.filter(({ onlyIfFirst }) => !onlyIfFirst),
      app,
    );
    try {
      if (findRoutes(tree, app) !== null) return insertInto;
    } catch (error) {
      if (!(error instanceof SchematicsException)) throw error;
      report.paste(`${failed} ${error.message}`, lines);
      return;
    }
    const done = `${app.appFolder}/app.routes.ts: a router, for which the template of the root component needs <router-outlet />`;
    return attempt(chain([addRouter(app), insertInto]), { done, failed, lines }, report);
  };
}
