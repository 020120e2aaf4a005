import type { World } from '../pool/world';
import type { CallInput } from './call-input';

/** One operation of the service: commits synchronously, then gives the body of the answer, or throws a `ServiceError`. */
export type Operation = (world: World, input: CallInput) => object | Promise<object>;
