/** The same clicks on both sides. */
export interface Scenario {
  readonly title: string;
  readonly what: string;
  /** How many of the two tabs fire. */
  readonly tabs: 1 | 2;
  /** Whether Cognito fails meanwhile, and the calls are repeated afterwards. */
  readonly outage?: true;
}

export const CALLS_PER_TAB = 5;

export const SCENARIOS: readonly Scenario[] = [
  { title: 'One tab', what: 'Five calls at once, when the token has just expired.', tabs: 1 },
  { title: 'Two tabs', what: 'The same in two tabs, at the same moment.', tabs: 2 },
  {
    title: 'Outage',
    what: 'Cognito answers with errors for a while. Five calls during it, and five when it is over.',
    tabs: 1,
    outage: true,
  },
];
