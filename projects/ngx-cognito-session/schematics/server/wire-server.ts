import { SchematicsException, type Rule, type Tree } from '@angular-devkit/schematics';
import { namedImports, relativeSpecifier } from '../app/imports';
import { parse } from '../app/sources';
import { ts, type CallExpression, type Node, type SourceFile } from '../app/typescript';
import { addImport, insert, localName } from '../edit/apply-changes';

const SSR = '@angular/ssr/node';
const EXPRESS = 'cognito-server-session/express';

/** The call that renders a page, and the statement `app.use(…)` around it. */
interface Rendering {
  readonly call: CallExpression;
  readonly statement: Node;
  /** The name of the Express app. */
  readonly app: string;
}

/** The variables that hold an Angular engine. */
function enginesIn(source: SourceFile): ReadonlySet<string> {
  const engine = namedImports(source, SSR).get('AngularNodeAppEngine');
  const names = new Set<string>();
  const visit = (node: Node): void => {
    const isEngine =
      ts.isVariableDeclaration(node) &&
      node.initializer !== undefined &&
      ts.isNewExpression(node.initializer) &&
      ts.isIdentifier(node.initializer.expression) &&
      node.initializer.expression.text === engine;
    if (isEngine && ts.isIdentifier(node.name)) names.add(node.name.text);
    node.forEachChild(visit);
  };
  visit(source);
  return names;
}

/** The calls of `handle` with the request alone. */
function handlingIn(statement: Node, engines: ReadonlySet<string>): readonly CallExpression[] {
  const calls: CallExpression[] = [];
  const visit = (node: Node): void => {
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === 'handle' &&
      ts.isIdentifier(node.expression.expression) &&
      engines.has(node.expression.expression.text) &&
      node.arguments.length === 1
    )
      calls.push(node);
    node.forEachChild(visit);
  };
  visit(statement);
  return calls;
}

/** The Express app of a statement `app.use(…)`. */
function usingApp(statement: Node): string | null {
  if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) return null;
  const { expression } = statement.expression;
  const isUse = ts.isPropertyAccessExpression(expression) && expression.name.text === 'use';
  return isUse && ts.isIdentifier(expression.expression) ? expression.expression.text : null;
}

function renderingIn(source: SourceFile): Rendering {
  const engines = enginesIn(source);
  const found = source.statements.flatMap((statement) => {
    const app = usingApp(statement);
    return app === null ? [] : handlingIn(statement, engines).map((call) => ({ call, statement, app }));
  });
  const [rendering] = found;
  if (rendering === undefined || found.length > 1)
    throw new SchematicsException(`${source.fileName} is not the server.ts of ng new.`);
  return rendering;
}

/** Mounts the routes of the sessions in the server of an app, and gives each page the session of its request. */
export const mountSessions =
  (server: string, sessionsFile: string): Rule =>
  (tree: Tree) => {
    const from = relativeSpecifier(server, sessionsFile);
    const name = (each: string, module: string) => localName(tree, server, each, module);
    const sessions = name('sessions', from);
    const { call, statement, app } = renderingIn(parse(tree, server));
    const [request] = call.arguments;
    if (request === undefined) return;
    insert(tree, server, [
      {
        at: statement.getStart(undefined, true),
        text:
          '/**\n * The routes of the sessions, below /auth, and the session of each request.\n */\n' +
          `${app}.use(${name('sessionRouter', EXPRESS)}(${sessions}));\n` +
          `${app}.use(${name('sessionMiddleware', EXPRESS)}(${sessions}));\n\n`,
      },
      { at: request.getEnd(), text: `, ${name('requestContext', from)}(${request.getText()})` },
    ]);
    for (const each of ['sessionMiddleware', 'sessionRouter']) addImport(tree, server, each, EXPRESS);
    for (const each of ['requestContext', 'sessions']) addImport(tree, server, each, from);
  };
