import { toSessionError, type FailureReport } from './failure-report';

/** A best-effort step that failed: worth a line, not an event. */
export function noteFailure({ logger }: FailureReport, message: string, error: unknown): void {
  const { code } = toSessionError(error);
  logger.warn(message, { code });
}
