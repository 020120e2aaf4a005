import { isUnset, unsetMessage } from '../config/field-mistakes';
import { diagnosticText } from '../errors/diagnostic-text';
import { SessionError } from '../errors/session-error';
import type { TokenInjectionOptions } from './token-rule';

declare const ngDevMode: unknown;

/**
 * The entries of `attachTo`. Each is a function, or has a URL: an unset variable of the environment must be named where it is used.
 * Throws `invalidConfiguration`. Pure.
 */
export function checkedEntries({ attachTo }: TokenInjectionOptions): TokenInjectionOptions['attachTo'] {
  // The options of an app in plain JavaScript, or of a file with settings, may be anything.
  const given: unknown = attachTo;
  if (!Array.isArray(given)) throw invalidEntry('attachTo', given);
  attachTo.forEach((entry: unknown, index) => {
    const { url } = typeof entry === 'object' && entry !== null && 'url' in entry ? entry : { url: entry };
    if (typeof url !== 'function' && (typeof url !== 'string' || isUnset(url)))
      throw invalidEntry(`attachTo[${index}]`, url);
  });
  return attachTo;
}

function invalidEntry(name: string, value: unknown): SessionError {
  const message =
    (typeof ngDevMode === 'undefined' || ngDevMode) && isUnset(value)
      ? diagnosticText('NCS114', unsetMessage(name, value, 'withTokenInjection'))
      : `withTokenInjection: ${name} is wrong.`;
  return new SessionError('invalidConfiguration', message);
}
