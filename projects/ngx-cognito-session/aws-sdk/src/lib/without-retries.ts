/** A command whose own middleware stack is merged over the client's when it is sent. */
interface CommandWithStack {
  readonly middlewareStack: {
    add(
      middleware: <Next>(next: Next) => Next,
      options: { name: string; step: 'finalizeRequest'; priority: 'high'; tags: string[]; override: true },
    ): void;
  };
}

/**
 * Switches the retries of one command off, also on the app's own client: its middleware of the same name replaces the
 * client's. With rotation a second request would send a refresh token that Cognito has already replaced.
 */
export function withoutRetries<C extends CommandWithStack>(command: C): C {
  command.middlewareStack.add((next) => next, {
    name: 'retryMiddleware',
    step: 'finalizeRequest',
    priority: 'high',
    tags: ['RETRY'],
    override: true,
  });
  return command;
}
