import type { NewCall } from '../log/call-log';
import { tokensOfRequest } from '../log/tokens-seen';
import { optionalString, parseInput, stringMap, type CallInput } from '../operations/call-input';
import type { Operation } from '../operations/operation';
import { IDENTITY_OPERATIONS } from '../identity/identity-operations';
import { USER_POOL_OPERATIONS } from '../operations/user-pool-operations';
import type { World } from '../pool/world';
import { awsErrorAnswer, awsJsonAnswer } from './aws-json-answer';
import type { Exchange } from './exchange';
import type { ReceivedCall } from './received-call';
import { ServiceError, notImplemented } from './service-error';

const SERVICES: ReadonlyMap<string, ReadonlyMap<string, Operation>> = new Map([
  ['AWSCognitoIdentityProviderService', new Map(Object.entries(USER_POOL_OPERATIONS))],
  ['AWSCognitoIdentityService', new Map(Object.entries(IDENTITY_OPERATIONS))],
]);

/** A call of the AWS JSON protocol: `POST /` with the operation in `X-Amz-Target`. */
export function jsonExchange(request: ReceivedCall, world: World): Exchange {
  const target = request.header('x-amz-target') ?? '';
  const [service = '', name = ''] = target.split('.');
  const input = tryParse(request.body);
  return {
    call: newCall(request, world, {
      operation: name,
      target,
      input: input instanceof ServiceError ? {} : input,
    }),
    process: async () => {
      const operation = SERVICES.get(service)?.get(name);
      if (operation === undefined) throw unknownOperation(service, name);
      if (input instanceof ServiceError) throw input;
      return awsJsonAnswer(await operation(world, input));
    },
    renderError: awsErrorAnswer,
  };
}

/** The verbs that the names of operations begin with. */
const OPERATION_NAME =
  /^(Add|Admin|Associate|Change|Complete|Confirm|Create|Delete|Describe|Forg[eo]t|Get|Global|Initiate|List|Lookup|Merge|Resend|Respond|Revoke|Set|Sign|Start|Stop|Tag|Unlink|Untag|Update|Verify)[A-Z]/;

/** A name of the real service, or one that neither has. */
function unknownOperation(service: string, name: string): ServiceError {
  return SERVICES.has(service) && OPERATION_NAME.test(name)
    ? notImplemented(name)
    : new ServiceError('UnknownOperationException', `Unknown operation ${service}.${name}`);
}

export interface CallSeed {
  readonly operation: string;
  readonly target: string | null;
  readonly input: CallInput;
  readonly query?: Readonly<Record<string, string>>;
}

/** What the log notes when a call arrives. */
export function newCall(
  request: ReceivedCall,
  world: World,
  { operation, target, input, query = {} }: CallSeed,
): NewCall {
  return {
    operation,
    target,
    at: world.clock.now(),
    clientId: optionalString(input, 'ClientId') ?? optionalString(input, 'client_id') ?? null,
    clientMetadata: stringMap(input, 'ClientMetadata'),
    query,
    tokensIn: tokensOfRequest(input),
    identityIn: optionalString(input, 'IdentityId') ?? null,
    logins: Object.keys(stringMap(input, 'Logins')),
    sdkInvocationId: request.header('amz-sdk-invocation-id') ?? null,
    origin: request.header('origin') ?? null,
  };
}

/** A body that is no JSON is an error of the call, which the log and the faults still have to see. */
function tryParse(body: string): CallInput | ServiceError {
  try {
    return parseInput(body);
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
}
