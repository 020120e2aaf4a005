import type { CognitoCall } from '../../emulator/cognito-call';
import type { TabEvent } from '../../tabs/tabs';

/** What a point of the timeline stands for; each kind is a series with a colour of its own. */
export const KINDS = ['refresh', 'call', 'trouble', 'other'] as const;
export type Kind = (typeof KINDS)[number];

export interface Moment {
  /** Epoch milliseconds, by the device's clock. */
  readonly at: number;
  readonly lane: string;
  readonly kind: Kind;
  readonly words: string;
}

export const COGNITO = 'Cognito';

const laneOf = (tab: number): string => `Tab ${tab}`;

/** What the tabs and Cognito did since then, oldest first. Pure. */
export function momentsSince(
  since: number,
  events: readonly TabEvent[],
  calls: readonly CognitoCall[],
): readonly Moment[] {
  return [...events.map(ofTab), ...calls.map(ofCognito)]
    .filter(({ at }) => at >= since)
    .sort((a, b) => a.at - b.at);
}

/** The lanes from top to bottom: the open tabs, those that have closed and are still to be seen, Cognito. Pure. */
export function lanesOf(
  open: readonly number[],
  events: readonly TabEvent[],
  hasCognito: boolean,
): readonly string[] {
  const tabs = new Set([...open, ...events.map(({ tab }) => tab)]);
  const lanes = [...tabs].sort((a, b) => a - b).map(laneOf);
  return hasCognito ? [...lanes, COGNITO] : lanes;
}

/** Seconds, then for each kind the lane of each moment, counted from below. Pure. */
export function seriesOf(
  moments: readonly Moment[],
  lanes: readonly string[],
): [number[], ...(number | null)[][]] {
  const heightOf = (lane: string): number => lanes.length - 1 - lanes.indexOf(lane);
  return [
    moments.map(({ at }) => at / 1000),
    ...KINDS.map((kind) => moments.map((each) => (each.kind === kind ? heightOf(each.lane) : null))),
  ];
}

function ofTab({ tab, at, type }: TabEvent): Moment {
  const isTrouble = type === 'error' || type === 'sessionExpired';
  const kind: Kind = type === 'tokenRefreshed' ? 'refresh' : isTrouble ? 'trouble' : 'other';
  return { at, lane: laneOf(tab), kind, words: type };
}

function ofCognito({ at, operation, status, errorType, isLost, endedAt }: CognitoCall): Moment {
  const outcome = endedAt === null ? 'pending' : isLost ? 'answer lost' : (errorType ?? String(status ?? ''));
  const isGood = endedAt === null || status === 200;
  return { at, lane: COGNITO, kind: isGood ? 'call' : 'trouble', words: `${operation}: ${outcome}` };
}
