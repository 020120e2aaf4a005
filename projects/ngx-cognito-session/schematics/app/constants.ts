import { ts, type Expression, type SourceFile } from './typescript';

/** A constant at the top of a file. */
export interface Constant {
  readonly isExported: boolean;
  /** The name of its type, if it is declared with one. */
  readonly type: string | null;
  /** Without a `satisfies` behind it. */
  readonly value: Expression;
}

/** The constant of this name; `null` if the file has none. Pure. */
export function constantIn(source: SourceFile, wanted: string): Constant | null {
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const isExported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
    for (const { name, type, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || name.text !== wanted || initializer === undefined) continue;
      const value = ts.isSatisfiesExpression(initializer) ? initializer.expression : initializer;
      return { isExported, type: type?.getText() ?? null, value };
    }
  }
  return null;
}
