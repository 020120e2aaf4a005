import type { Counts } from './counts';
import type { EpisodeResult } from './episode';
import type { Call, Violation } from './facts';
import { excuseOf } from './oracles/leftovers';

const LINES_BEFORE = 40;
const CALLS_AROUND_MS = 40_000;

/** All of an episode. */
export function describeAll({ facts, lines }: EpisodeResult): string {
  const start = lines[0]?.at ?? 0;
  const entries = [
    ...lines.map(({ at, step, text }) => ({ at, text: `#${step}  ${text}` })),
    ...facts.calls.map((call) => ({ at: call.at, text: describeCall(call, start) })),
    ...facts.requests.map((request) => ({
      at: request.at,
      text: `request ${request.number} of ${request.page} as ${request.sentAs ?? 'no user'}: ${request.verdict} ${request.token?.family ?? ''}`,
    })),
  ].sort((one, other) => one.at - other.at);
  const left = facts.leftovers.map(
    (leftover) =>
      `accepted at the end: ${leftover.token}, ${excuseOf(leftover, facts) ?? 'without a reason'}`,
  );
  return [...entries.map(({ at, text }) => `${secondsSince(start, at)}  ${text}`), ...left].join('\n');
}

const secondsSince = (start: number, at: number): string => ((at - start) / 1000).toFixed(2).padStart(8);

/** What a person needs to look into a failure. Tokens have names here. */
export function describeFailure({ plan, settings, facts, lines, violations }: EpisodeResult): string {
  const [first] = violations;
  const at = first?.at ?? 0;
  const start = lines[0]?.at ?? at;
  const time = (moment: number) => secondsSince(start, moment);
  const before = lines.filter((line) => line.at <= at + 1000).slice(-LINES_BEFORE);
  const step = before.at(-1)?.step ?? 0;
  const calls = facts.calls.filter(
    (call) =>
      Math.abs(call.at - at) < CALLS_AROUND_MS ||
      violations.some(({ text }) => text.split(/[^a-z0-9]/).includes(call.family)),
  );
  return [
    `Episode ${plan.number} of seed ${plan.seed}: ${violations.length} violations.`,
    ...violations.slice(0, 10).map((violation) => `${time(violation.at)}  ${textOf(violation)}`),
    `Repeat it: npm run chaos -- --seed ${plan.seed} --pages ${plan.pages} --users ${plan.users} --episode ${plan.number} --until-step ${step}`,
    `Settings: ${JSON.stringify(settings)}`,
    'What happened before, in seconds:',
    ...before.map((line) => `${time(line.at)}  #${line.step}  ${line.text}`),
    "The emulator's log around it:",
    ...calls.map((call) => `${time(call.at)}  ${describeCall(call, start)}`),
  ].join('\n');
}

const textOf = ({ oracle, text }: Violation): string => `[${oracle}] ${text}`;

function describeCall(call: Call, start: number): string {
  const { number, operation, page, device, sent, received, exception, fault, isGood, endedAt } = call;
  const end = endedAt === null ? 'open' : `until ${((endedAt - start) / 1000).toFixed(2)}`;
  const outcome = isGood ? 'good' : (exception ?? 'no answer');
  return `call ${number} ${operation} of ${page ?? device}: ${sent} → ${received ?? '-'}, ${outcome}, ${end}${fault === null ? '' : `, fault ${fault}`}`;
}

export function describeCounts(counts: Counts): string {
  return Object.entries(counts)
    .map(([name, count]) => `${String(count).padStart(8)}  ${name}`)
    .join('\n');
}
