import { ReplaySubject, type Observable } from 'rxjs';

/**
 * Starts a command, subscribed or not, and replays its outcome to every subscriber. Unsubscribing cancels nothing: a
 * command that was given is carried out.
 */
export function startCommand<T>(command: Observable<T>, onFailure: (error: unknown) => void): Observable<T> {
  const outcome = new ReplaySubject<T>(1);
  // Before any caller, so that a failure without subscribers is not lost.
  outcome.subscribe({ error: onFailure });
  command.subscribe(outcome);
  return outcome.asObservable();
}
