/** Angular's own statics, and what is private to the entry points of this package. */
const PRIVATE_MEMBER = /^(static |readonly |get )*ɵ/;

/**
 * What must not be accepted with the rest of a report: warnings of the extractor, such as types that appear in signatures
 * and cannot be imported, and members without a docstring. One line each. Pure.
 */
export function apiDebt(report: string): readonly string[] {
  const debt: string[] = [];
  let owner = '';
  let isUndocumented = false;
  for (const line of report.split('\n')) {
    const text = line.trim();
    if (/^\/\/.*\(ae-[a-z-]+\)/.test(text)) debt.push(text.replace(/^\/\/ (Warning: )?/, ''));
    if (/^\/\/.*\(undocumented\)/.test(text)) isUndocumented = true;
    // Markers stand in comments above what they are about.
    if (text === '' || text.startsWith('//')) continue;
    if (line.startsWith('export ')) owner = text;
    if (isUndocumented && !PRIVATE_MEMBER.test(text))
      debt.push(`(undocumented) ${line === text ? text : `${nameOf(owner)}: ${text}`}`);
    isUndocumented = false;
  }
  return debt;
}

function nameOf(declaration: string): string {
  return /^export (?:abstract )?\w+ ([\wɵ$]+)/.exec(declaration)?.[1] ?? declaration;
}
