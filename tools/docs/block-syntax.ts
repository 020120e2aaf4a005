import { parse as parseHcl } from '@cdktf/hcl2json';
import ts from 'typescript';
import { parseDocument, type ScalarTag } from 'yaml';

/** A fenced block of a page: its info string, such as `ts no-check`, and its code. */
export interface Block {
  readonly info: string;
  readonly code: string;
}

/** Pure. Blocks in lists are indented. */
export function blocksIn(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/^( *)```(\w.*)\n([\s\S]*?)^\1```/gm)].map(
    ([, indent = '', info = '', code = '']) => ({
      info,
      code: code.replace(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );
}

/** The short forms of CloudFormation's functions, with a text or a list behind them. */
const cloudFormationTags = ['Ref', 'Sub', 'GetAtt', 'Join', 'If', 'Equals', 'Not', 'ImportValue'].map(
  (name): ScalarTag => ({ tag: `!${name}`, resolve: (text) => text }),
);

const checks: Readonly<Record<string, (code: string) => string | null | Promise<string | null>>> = {
  json: (code) => {
    // A block may show several documents, one a line.
    const isRead = (text: string) => thrownBy(() => JSON.parse(text) as unknown) === null;
    return isRead(code) || code.trim().split('\n').every(isRead) ? null : 'is not JSON';
  },
  yaml: (code) =>
    parseDocument(code, { customTags: cloudFormationTags }).errors.map(String).join('\n') || null,
  hcl: (code) =>
    parseHcl('page.tf', code).then(
      () => null,
      (error: unknown) => String(error),
    ),
  'ts no-check': (code) => {
    const { diagnostics = [] } = ts.transpileModule(code, {
      reportDiagnostics: true,
      compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
    });
    return (
      diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')).join('\n') ||
      null
    );
  },
};

/** What is wrong with the syntax of a block that no compiler checks; `null` for every other language. */
export async function complainOfBlock({ info, code }: Block): Promise<string | null> {
  return (await checks[info]?.(code)) ?? null;
}

function thrownBy(run: () => unknown): unknown {
  try {
    run();
    return null;
  } catch (error) {
    return error;
  }
}
