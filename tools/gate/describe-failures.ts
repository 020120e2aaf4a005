import { stripVTControlCharacters } from 'node:util';
import type { FailedTest } from './failed-tests';
import type { Finished } from './run-steps';

const LINES_PER_ERROR = 6;
const LINES_PER_STEP = 30;
const LINE_LENGTH = 200;

/**
 * What failed, in few words, for a log of which some may be lost: tests by name, other steps by their last words. Empty
 * when nothing failed.
 */
export function describeFailures(finished: readonly Finished[]): string {
  return finished
    .map(describeFailure)
    .filter((text) => text !== '')
    .join('\n');
}

/** The same of one step. */
export function describeFailure({ step, outcome, failedTests, output }: Finished): string {
  if (failedTests.length > 0)
    return [`Failed in ${step.name}:`, ...limited(failedTests.map(describeTest))].join('\n');
  if (outcome.status !== 'failed') return '';
  return [`Failed: ${step.name}`, ...linesOf(output).slice(-LINES_PER_ERROR).map(indented)].join('\n');
}

function describeTest({ name, error }: FailedTest): readonly string[] {
  return [`  ${name}`, ...linesOf(error).slice(0, LINES_PER_ERROR).map(indented)];
}

/** Whole tests, as many as there is room for; the first one in any case. */
function limited(tests: readonly (readonly string[])[]): readonly string[] {
  const lines: string[] = [];
  for (const [index, test] of tests.entries()) {
    if (index > 0 && lines.length + test.length > LINES_PER_STEP)
      return [...lines, `  … and ${tests.length - index} more`];
    lines.push(...test);
  }
  return lines;
}

function linesOf(text: string): readonly string[] {
  return stripVTControlCharacters(text)
    .split('\n')
    .map((line) => line.trimEnd().slice(0, LINE_LENGTH))
    .filter((line) => line !== '');
}

/** Nothing here may look like the totals, which callers look for at the beginning of a line. */
const indented = (line: string): string => `      ${line}`;
