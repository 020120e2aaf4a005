import type { Clock } from '../clock/clock';
import type { Barriers } from '../faults/barriers';
import type { PlannedFaults } from '../faults/fault-queue';
import { planFault, type FaultPlan } from '../faults/fault-plan';
import type { RecordedCalls } from '../log/call-log';
import { identityOfAnswer, tokensOfAnswer } from '../log/tokens-seen';
import type { Answer } from './answer';
import type { Deliver, Pause } from './delivery';
import type { Exchange } from './exchange';
import { ServiceError } from './service-error';

export interface Desk {
  readonly clock: Clock;
  readonly log: RecordedCalls;
  readonly faults: PlannedFaults;
  readonly barriers: Barriers;
  /** For faults that take their time. */
  readonly pause: Pause;
}

/** The road of every call: log, barrier, fault, processing, fault, barrier, answer, log. */
export async function serveExchange(exchange: Exchange, deliver: Deliver, desk: Desk): Promise<void> {
  const { number } = desk.log.open(exchange.call);
  const served = new EventTarget();
  const whenServed = new Promise((resolve) => {
    served.addEventListener('served', resolve);
  }).then(() => undefined);
  try {
    await walk(exchange, deliver, desk, number, whenServed);
  } finally {
    served.dispatchEvent(new Event('served'));
  }
}

async function walk(
  exchange: Exchange,
  deliver: Deliver,
  desk: Desk,
  number: number,
  served: Promise<void>,
): Promise<void> {
  const { operation } = exchange.call;
  const fault = desk.faults.take(operation);
  const plan = planFault(fault);

  await desk.barriers.pass(operation, 'beforeProcessing', served);
  if (plan.delayBeforeMs > 0) await desk.pause(plan.delayBeforeMs);
  const answer = await answerOf(exchange, plan);
  // Noted before anything can be lost: what was committed is what the oracles ask for.
  desk.log.update(number, {
    isProcessed: plan.replacement === null,
    fault: fault?.kind ?? null,
    errorType: answer.errorType ?? null,
    tokensOut: tokensOfAnswer(answer.body),
    identityOut: identityOfAnswer(answer.body),
  });
  await desk.barriers.pass(operation, 'afterCommit', served);
  if (plan.delayAfterMs > 0) await desk.pause(plan.delayAfterMs);
  const outcome = await deliver(plan.shape(answer), plan.delivery);

  desk.log.update(number, {
    outcome,
    endedAt: desk.clock.now(),
    ...(outcome === 'answered' ? { status: answer.status } : {}),
  });
}

async function answerOf(exchange: Exchange, { replacement }: FaultPlan): Promise<Answer> {
  if (replacement instanceof ServiceError) return exchange.renderError(replacement);
  if (replacement !== null) return replacement;
  try {
    return await exchange.process();
  } catch (error) {
    if (error instanceof ServiceError) return exchange.renderError(error);
    return exchange.renderError(new ServiceError('InternalErrorException', String(error), 500));
  }
}
