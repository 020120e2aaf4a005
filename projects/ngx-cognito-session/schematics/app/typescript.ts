import type * as typescript from '@schematics/angular/third_party/github.com/Microsoft/TypeScript/lib/typescript';

type TypeScript = typeof typescript;

/**
 * The compiler of `@schematics/angular`, whose helpers expect their own nodes. Version 21 has a copy of it, version 22 uses the
 * `typescript` of the app. `require`, because the Angular CLI leads this call to its own packages (`encapsulation` in collection.json).
 */
function loadTypeScript(): TypeScript {
  /* eslint-disable @typescript-eslint/no-require-imports */
  try {
    return require('@schematics/angular/third_party/github.com/Microsoft/TypeScript/lib/typescript') as TypeScript;
  } catch {
    return require('typescript') as TypeScript;
  }
  /* eslint-enable @typescript-eslint/no-require-imports */
}

export const ts: TypeScript = loadTypeScript();

export type Node = typescript.Node;
export type SourceFile = typescript.SourceFile;
export type ArrayLiteral = typescript.ArrayLiteralExpression;
export type CallExpression = typescript.CallExpression;
export type Expression = typescript.Expression;
export type ObjectLiteral = typescript.ObjectLiteralExpression;
