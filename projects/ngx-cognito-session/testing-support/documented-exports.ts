import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { specCompilerHost, specCompilerOptions, typescriptBlocks } from './typescript-blocks';

const LIBRARY = resolve('projects/ngx-cognito-session');

/** A name that apps import, with what its docstrings show. */
export interface DocumentedExport {
  readonly name: string;
  /** What apps import it from. */
  readonly specifier: string;
  /** Functions and classes, and constants that are called: guards, the interceptor. */
  readonly isCalled: boolean;
  /** The examples in its own docstring. */
  readonly examples: readonly string[];
  /** The examples in the docstrings of its members. */
  readonly memberExamples: readonly string[];
}

/** Everything that the entry points of the library offer to apps. */
export function documentedExports(): readonly DocumentedExport[] {
  const files = new Map(entryPoints().map((entry) => [resolve(LIBRARY, entry, 'src/public-api.ts'), entry]));
  const options = specCompilerOptions();
  const program = ts.createProgram([...files.keys()], options, specCompilerHost(options));
  const checker = program.getTypeChecker();
  return [...files].flatMap(([file, entry]) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    return (module === undefined ? [] : checker.getExportsOfModule(module))
      .filter(({ name }) => !name.startsWith('ɵ'))
      .map((symbol) => describeExport(symbol, entry, checker));
  });
}

/** The folder of each entry point; that of the primary one is the library's. */
function entryPoints(): readonly string[] {
  return ['', ...readdirSync(LIBRARY)].filter((name) =>
    existsSync(resolve(LIBRARY, name, 'ng-package.json')),
  );
}

function describeExport(exported: ts.Symbol, entry: string, checker: ts.TypeChecker): DocumentedExport {
  const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
  const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
  const declarations = (symbol.declarations ?? []).map(statementOf);
  const comments = declarations.map((node) => node.getFullText().slice(0, node.getLeadingTriviaWidth()));
  const bodies = declarations.map((node) => node.getText());
  return {
    name: exported.name,
    specifier: ['ngx-cognito-session', entry].filter((part) => part !== '').join('/'),
    isCalled: isCalled(symbol, checker),
    examples: comments.flatMap(examplesIn),
    memberExamples: bodies.flatMap(examplesIn),
  };
}

/** The docstring of a constant stands above the statement that declares it. */
function statementOf(declaration: ts.Declaration): ts.Node {
  return ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
}

function isCalled(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  if ((symbol.flags & ts.SymbolFlags.Value) === 0) return false;
  const type = checker.getTypeOfSymbol(symbol);
  return type.getCallSignatures().length + type.getConstructSignatures().length > 0;
}

function examplesIn(source: string): readonly string[] {
  return [...source.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(([comment]) =>
    typescriptBlocks(comment.replace(/^[ \t]*\* ?/gm, '')),
  );
}
