/** Environment variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables of this process; none in a runtime that has no `process`. */
export function environmentOf(): Environment {
  const { process } = globalThis as { readonly process?: { readonly env?: Environment } };
  return process?.env ?? {};
}

/** Whether the process serves real users: by `NODE_ENV`, or because it runs on AWS Lambda. Pure. */
export function isProduction(environment: Environment): boolean {
  return (
    environment['NODE_ENV'] === 'production' ||
    present(environment['AWS_LAMBDA_FUNCTION_NAME']) ||
    present(environment['LAMBDA_TASK_ROOT'])
  );
}

function present(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
