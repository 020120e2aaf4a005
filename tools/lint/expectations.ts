export type LintTool = 'eslint' | 'oxlint' | 'depcruise';

/** What a fixture says about itself: the rules that must fire in it, exactly. None: the fixture is a good example. */
export function expectedRules(source: string, tool: LintTool): readonly string[] {
  const marker = new RegExp(`expect-${tool}: (.*?)(?: -->)?$`, 'm').exec(source);
  return (marker?.[1] ?? '')
    .split(' ')
    .filter((rule) => rule !== '')
    .sort();
}
